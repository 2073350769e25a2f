-- The statements of ten years before, in the order of that resolution.
select paragraph, wording, figure, value, verdict, latest, latest_year
from earlier_resolution
order by paragraph, claim
