-- One row per number that differs between two consecutive vintages of one source that both hold its indicator, over the years both cover.
-- Values are compared at the precision of the coarser vintage (their intervals must not meet), or every rounding would be a revision.
with editions as (
    select
        source, indicator, vintage,
        lead(vintage) over (partition by source, indicator order by published, vintage) as vintage_to
    from (select distinct source, indicator, vintage, published from observations)
),
spans as (
    select source, indicator, vintage, min(year) as first_year, max(year) as last_year
    from observations
    group by source, indicator, vintage
),
pairs as (
    select
        editions.source, editions.indicator, editions.vintage as vintage_from, editions.vintage_to,
        greatest(old_span.first_year, new_span.first_year) as first_year,
        least(old_span.last_year, new_span.last_year) as last_year
    from editions
    join spans as old_span
        on old_span.source = editions.source and old_span.indicator = editions.indicator and old_span.vintage = editions.vintage
    join spans as new_span
        on new_span.source = editions.source and new_span.indicator = editions.indicator and new_span.vintage = editions.vintage_to
),
earlier as (
    select observations.*, pairs.vintage_from, pairs.vintage_to
    from observations
    join pairs on pairs.source = observations.source and pairs.indicator = observations.indicator and pairs.vintage_from = observations.vintage
    where observations.year between pairs.first_year and pairs.last_year
),
later as (
    select observations.*, pairs.vintage_from, pairs.vintage_to
    from observations
    join pairs on pairs.source = observations.source and pairs.indicator = observations.indicator and pairs.vintage_to = observations.vintage
    where observations.year between pairs.first_year and pairs.last_year
),
both_vintages as (
    select
        indicator, area, coalesce(earlier.area_kind, later.area_kind) as area_kind, year, sex, locality, age, source,
        vintage_from, vintage_to, earlier.value as value_from, later.value as value_to,
        coalesce(earlier.lower, '-infinity'::double) as lower_from, coalesce(earlier.upper, 'infinity'::double) as upper_from,
        coalesce(later.lower, '-infinity'::double) as lower_to, coalesce(later.upper, 'infinity'::double) as upper_to
    from earlier
    full join later using (indicator, area, year, sex, locality, age, source, vintage_from, vintage_to)
)
select
    indicator, area, area_kind, year, sex, locality, age, source, vintage_from, vintage_to, value_from, value_to,
    value_to - value_from as change,
    case when value_from is null then 'new' when value_to is null then 'withdrawn' else 'changed' end as kind
from both_vintages
where value_from is null or value_to is null or lower_from > upper_to or lower_to > upper_from
order by source, vintage_from, indicator, area, year, sex, locality, age
