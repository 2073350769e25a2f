-- The world in its newest years with two thirds of the people behind them, each indicator once, by the reporting economies alone.
select indicator, year, value, lower, upper, coverage, vintage
from aggregates
join (select distinct source, vintage, rank_by_age from editions) using (source, vintage)
where
    group_name = 'world' and membership = 'in force' and rule = 'renormalised' and publishable = 'published'
    and sex = 'all' and locality = 'all' and age = 'all'
qualify row_number() over (partition by indicator order by year desc, rank_by_age) = 1
order by indicator
