-- One row per economy's value of a series that is asked "what if": a share that is averaged over people and of which more is better, all of
-- one source and vintage, so that a group's members are of one. Of each source it is the newest vintage in which half of the world's people
-- have a value for some year, and one without a date only where there is no other; of these the one whose newest such year, the base
-- year, is latest, then the preferred source. Unit: percent.
with reached as (
    select source, vintage, indicator, sex, locality, age, max(year) as base_year
    from aggregates
    join indicators using (indicator)
    where group_name = 'world' and aggregates.membership = 'latest' and rule = 'hard bounds' and publishable <> 'not published'
        and ceiling = 100 and better = 'higher'
    group by source, vintage, indicator, sex, locality, age
),
newest as (
    select reached.*, is_dated, rank_by_preference
    from reached
    join editions using (source, vintage, indicator, sex, locality, age)
    where area_kind = 'economy'
    qualify row_number() over (partition by indicator, sex, locality, age, source order by rank_by_age) = 1
),
chosen as (
    select indicator, sex, locality, age, source, vintage, base_year
    from newest
    qualify row_number() over (
        partition by indicator, sex, locality, age order by is_dated desc, base_year desc, rank_by_preference
    ) = 1
)
select source, vintage, indicator, sex, locality, age, area as iso3, year, value, note, base_year
from observations
join chosen using (source, vintage, indicator, sex, locality, age)
where area_kind = 'economy'
order by indicator, sex, locality, age, iso3, year
