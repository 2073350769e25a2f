-- One row per year of a series that is projected: a share of which more is better, of an economy or a group. Each series comes from one
-- source and vintage: of each source the newest vintage that has it, so that no figure revised since is used, and one without a date
-- only where there is no other; of these one with enough values for a curve, then the one that goes furthest, then the preferred one.
with series as (
    select
        indicator, area_kind, area, sex, locality, age, source, vintage, is_dated, rank_by_age, rank_by_preference,
        count(*) >= $projection_least_values as is_long, max(year) as last_year
    from observations
    join editions using (source, vintage, indicator, area_kind, sex, locality, age)
    join indicators using (indicator)
    where ceiling = 100 and better = 'higher'
    group by all
),
newest as (
    select * from series
    qualify row_number() over (partition by indicator, area, sex, locality, age, source order by rank_by_age) = 1
),
chosen as (
    select indicator, area, sex, locality, age, source, vintage
    from newest
    qualify row_number() over (
        partition by indicator, area, sex, locality, age order by is_dated desc, is_long desc, last_year desc, rank_by_preference
    ) = 1
)
select indicator, area_kind, area, sex, locality, age, source, vintage, year, value, note
from observations
join chosen using (indicator, area, sex, locality, age, source, vintage)
order by indicator, area_kind, area, sex, locality, age, year
