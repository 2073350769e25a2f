-- One row per number that differs between two consecutive vintages of one series, over the years both cover. A change counts only beyond the
-- precision of the coarser vintage, or every rounding would be a revision. New and withdrawn are said only where both vintages hold the whole
-- series, and not of a number that one of them has and that was refused.
with cells as (
    select
        indicator, area, area_kind, year, sex, locality, age, source, vintage_from, vintage_to,
        any_value(value) filter (where vintage = vintage_from) as value_from,
        any_value(value) filter (where vintage = vintage_to) as value_to,
        coalesce(max(upper - lower), 0) / 2 as precision,
        any_value(both_are_whole) as both_are_whole
    from observations
    join edition_pairs using (source, indicator, area_kind, sex, locality, age)
    where vintage in (vintage_from, vintage_to) and year between first_year and last_year
    group by indicator, area, area_kind, year, sex, locality, age, source, vintage_from, vintage_to
),
refused as (
    select distinct source, vintage, indicator, area, year::bigint as year, sex, locality, age
    from quarantine
    where indicator is not null and area is not null and year is not null
)
select
    indicator, area, area_kind, year, sex, locality, age, source, vintage_from, vintage_to, value_from, value_to,
    value_to - value_from as change,
    case when value_from is null then 'new' when value_to is null then 'withdrawn' else 'changed' end as kind
from cells
where case kind
        when 'changed' then abs(change) > precision + 1e-9
        when 'withdrawn' then both_are_whole and (source, vintage_to, indicator, area, year, sex, locality, age) not in (from refused)
        else both_are_whole and (source, vintage_from, indicator, area, year, sex, locality, age) not in (from refused)
    end
order by source, vintage_from, indicator, area, year, sex, locality, age
