-- The statements of ten years before, in the order of that resolution.
select paragraph, wording, figure, value, verdict, latest, latest_year
from then_and_now
order by paragraph, claim
