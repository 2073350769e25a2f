-- One row per series and pair of consecutive dated vintages of one source, with the years both cover; economies and groups, and each
-- breakdown, are series of their own, since each may come in a file of its own. A vintage without a date is neither earlier nor later than
-- another. Both are whole by the table editions.
select
    source, indicator, area_kind, sex, locality, age, vintage as vintage_from, lead(vintage) over later as vintage_to,
    greatest(first_year, lead(first_year) over later) as first_year, least(last_year, lead(last_year) over later) as last_year,
    is_whole and lead(is_whole) over later as both_are_whole
from editions
where is_dated
window later as (partition by source, indicator, area_kind, sex, locality, age order by rank_by_age desc)
qualify vintage_to is not null
order by source, indicator, area_kind, sex, locality, age, vintage_from
