-- One row per year of a series that is projected: a share of which more is better, of an economy or a group. Each series comes from one
-- source and vintage: of each source the newest vintage that has it, so that nothing revised since comes back, and one that nobody dated
-- only where there is no other; of these one with eight values or more, then the one that goes furthest, then the preferred one.
with editions as (
    select
        indicator, area_kind, area, sex, locality, age, source, vintage, published,
        count(*) >= 8 as is_long, max(year) as last_year, bool_and(is_dated) as is_dated
    from observations
    join indicators using (indicator)
    join snapshots using (snapshot, source, vintage, published)
    where ceiling = 100 and better = 'higher'
    group by all
),
newest as (
    select * from editions
    qualify row_number() over (
        partition by indicator, area, sex, locality, age, source order by is_dated desc, published desc, vintage desc
    ) = 1
),
chosen as (
    select indicator, area, sex, locality, age, source, vintage
    from newest
    join sources using (source)
    qualify row_number() over (
        partition by indicator, area, sex, locality, age
        order by
            is_dated desc, is_long desc, last_year desc,
            case area_kind when 'economy' then precedence_economies else precedence_groups end, published desc, vintage desc
    ) = 1
)
select indicator, area_kind, area, sex, locality, age, source, vintage, year, value, note
from observations
join chosen using (indicator, area, sex, locality, age, source, vintage)
order by indicator, area_kind, area, sex, locality, age, year
