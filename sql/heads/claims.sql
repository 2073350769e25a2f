-- The statements, in the order of the resolution.
select paragraph, wording, interval, unit, indicator, vintage_of_record
from claims
order by paragraph, claim
