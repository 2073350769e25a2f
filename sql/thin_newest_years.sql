-- One row per indicator and vintage whose newest year is one that economies with less than two thirds of the world's people report for.
with world as (
    select *
    from aggregates
    where group_name = 'world' and membership = 'latest' and rule = 'hard bounds'
        and sex = 'all' and locality = 'all' and age = 'all' and n_reporting > 0
),
newest as (
    select
        indicator, source, vintage, max(year) as newest_year, arg_max(coverage, year) as coverage,
        max(year) filter (where publishable = 'published') as headline_year
    from world
    group by indicator, source, vintage
)
select indicator, source, vintage, newest_year, coverage, headline_year
from newest
where headline_year is distinct from newest_year
order by indicator, vintage
