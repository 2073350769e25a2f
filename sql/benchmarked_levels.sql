-- One row per level of an area and the benchmark it is compared with, both of one source and vintage: the newest of the source (table
-- editions) that has the benchmark in enough years. Published levels are held against the published benchmark; computed ones,
-- economies' own values and the groups' figures by the newest lists under the rule that carries values, against the computed benchmark, in
-- years that half of the people report for. Levels in the unit of the indicator; only where one direction is better.
with benchmarks as (
    select unnest($benchmarks) as benchmark
),
compared as (
    select indicator, aggregation, ceiling
    from indicators
    where better in ('higher', 'lower') and (ceiling is not null or aggregation = 'mean over people')
),
levels as (
    select 'published' as basis, source, vintage, indicator, sex, locality, age, area, area_kind, year, value
    from observations
    join compared using (indicator)
    -- "Over 95 per cent" gives an end and no figure; an end is no level.
    where coalesce(value = lower, false) = coalesce(value = upper, false) or value = 0 or value = ceiling
    union all by name
    select 'computed' as basis, source, vintage, indicator, sex, locality, age, iso3 as area, 'economy' as area_kind, year, value
    from reported_values
    join compared using (indicator)
    union all by name
    select 'computed' as basis, source, vintage, indicator, sex, locality, age, group_name as area, 'group' as area_kind, year, value
    from aggregates
    join compared using (indicator)
    where rule = 'interpolate and carry' and aggregates.membership = 'latest' and publishable <> 'not published'
),
chosen as (
    select basis, source, vintage, indicator, sex, locality, age, benchmark
    from levels
    join benchmarks on benchmark = area
    join (select distinct source, vintage, rank_by_age from editions) using (source, vintage)
    group by basis, source, vintage, rank_by_age, indicator, sex, locality, age, benchmark
    having count(*) >= $benchmark_least_years
    qualify row_number() over (partition by basis, source, indicator, sex, locality, age, benchmark order by rank_by_age) = 1
)
select basis, source, vintage, indicator, sex, locality, age, benchmark, area, area_kind, year, value
from levels
join chosen using (basis, source, vintage, indicator, sex, locality, age)
order by basis, source, vintage, indicator, sex, locality, age, benchmark, area, year
