-- The gaps with the greatest effect on the bounds.
select rank, iso3, indicator, locality, last_year, bounds_shrink_by
from data_gaps
order by rank nulls last, indicator, iso3, sex, locality, age
