-- One row per number of a dated vintage, as in observations and in their order, with the age of its vintage and whether its edition is an
-- excerpt.
select observations.*, rank_by_age, is_excerpt
from observations
join editions using (source, vintage, indicator, area_kind, sex, locality, age)
where is_dated
order by observations.rowid
