-- One row per number that differs between two consecutive vintages of one source, over the years both vintages of its indicator cover.
-- A change counts only beyond the precision of the coarser vintage, or every rounding would be a revision. New and withdrawn are said
-- only of sources whose vintages hold whole series, and only of areas that both vintages have: an area absent from a gathering, or a
-- figure an edition does not print again, was not withdrawn.
with editions as (
    select source, indicator, vintage, published, min(year) as first_year, max(year) as last_year
    from observations
    group by source, indicator, vintage, published
),
consecutive as (
    select
        source, indicator, vintage as vintage_from, first_year as first_from, last_year as last_from,
        lead(vintage) over edition as vintage_to, lead(first_year) over edition as first_to, lead(last_year) over edition as last_to
    from editions
    window edition as (partition by source, indicator order by published, vintage)
),
pairs as (
    select source, indicator, vintage_from, vintage_to, greatest(first_from, first_to) as first_year, least(last_from, last_to) as last_year
    from consecutive
    where vintage_to is not null
),
earlier as (
    select pairs.vintage_from, pairs.vintage_to, observations.*
    from pairs
    join observations
        on observations.source = pairs.source and observations.indicator = pairs.indicator and observations.vintage = pairs.vintage_from
    where observations.year between pairs.first_year and pairs.last_year
),
later as (
    select pairs.vintage_from, pairs.vintage_to, observations.*
    from pairs
    join observations
        on observations.source = pairs.source and observations.indicator = pairs.indicator and observations.vintage = pairs.vintage_to
    where observations.year between pairs.first_year and pairs.last_year
),
cells as (
    select
        indicator, area, coalesce(earlier.area_kind, later.area_kind) as area_kind, year, sex, locality, age, source,
        vintage_from, vintage_to, earlier.value as value_from, later.value as value_to,
        greatest(earlier.upper - earlier.lower, later.upper - later.lower, 0) / 2 as precision
    from earlier
    full join later using (indicator, area, year, sex, locality, age, source, vintage_from, vintage_to)
),
told as (
    select
        cells.*,
        value_to - value_from as change,
        case when value_from is null then 'new' when value_to is null then 'withdrawn' else 'changed' end as kind
    from cells
),
areas as (
    select distinct source, indicator, vintage, area from observations
),
whole as (
    select source, indicator, vintage
    from observations
    join snapshots using (snapshot, source, vintage)
    group by source, indicator, vintage
    having bool_and(whole_series)
)
select
    indicator, area, area_kind, year, sex, locality, age, source, vintage_from, vintage_to, value_from, value_to, change, kind
from told
where (kind = 'changed' and abs(change) > precision + 1e-9)
    or (
        kind <> 'changed'
        and (source, indicator, vintage_from) in (from whole) and (source, indicator, vintage_to) in (from whole)
        and (source, indicator, vintage_from, area) in (from areas)
        and (source, indicator, vintage_to, area) in (from areas)
    )
order by source, vintage_from, indicator, area, year, sex, locality, age
