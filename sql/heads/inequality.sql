-- The Gini index of the newest year of each indicator that two thirds of the people report for.
select indicator, year, value, mean, coverage, vintage
from inequality
join (select distinct source, vintage, rank_by_age from editions) using (source, vintage)
where measure = 'gini' and scheme = 'none' and economies = 'reporting that year' and publishable = 'published'
qualify row_number() over (partition by indicator, sex, locality, age order by year desc, rank_by_age) = 1
order by value desc, indicator
