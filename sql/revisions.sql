-- One row per number that differs between two consecutive vintages of one series, over the years both cover; a breakdown is a series of its
-- own, since it may come in a file of its own. A change counts only beyond the precision of the coarser vintage, or every rounding would be a
-- revision. New and withdrawn are said only where both vintages hold the whole series: not of an edition that prints single figures, nor of a
-- gathering with holes, nor of an excerpt, which has less than nine tenths of the areas of the fullest vintage; nor of a number that one of
-- them has and that was refused. A vintage that nobody dated is neither earlier nor later than another.
with editions as (
    select
        source, indicator, sex, locality, age, vintage, published, min(year) as first_year, max(year) as last_year,
        bool_and(whole_series) and count(distinct area) >= 0.9 * max(count(distinct area)) over series as is_whole
    from observations
    join snapshots using (snapshot, source, vintage, published)
    where is_dated
    group by source, indicator, sex, locality, age, vintage, published
    window series as (partition by source, indicator, sex, locality, age)
),
pairs as (
    select
        source, indicator, sex, locality, age, vintage as vintage_from, lead(vintage) over later as vintage_to,
        greatest(first_year, lead(first_year) over later) as first_year, least(last_year, lead(last_year) over later) as last_year,
        is_whole and lead(is_whole) over later as both_are_whole
    from editions
    window later as (partition by source, indicator, sex, locality, age order by published, vintage)
    qualify vintage_to is not null
),
cells as (
    select
        indicator, area, any_value(area_kind) as area_kind, year, sex, locality, age, source, vintage_from, vintage_to,
        any_value(value) filter (where vintage = vintage_from) as value_from,
        any_value(value) filter (where vintage = vintage_to) as value_to,
        coalesce(max(upper - lower), 0) / 2 as precision,
        any_value(both_are_whole) as both_are_whole
    from observations
    join pairs using (source, indicator, sex, locality, age)
    where vintage in (vintage_from, vintage_to) and year between first_year and last_year
    group by indicator, area, year, sex, locality, age, source, vintage_from, vintage_to
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
