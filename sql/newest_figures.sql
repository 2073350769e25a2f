-- One row per indicator, area and breakdown that is projected: the newest current figure, whatever its source and vintage. It is shown
-- with the projections of a series that ends before it. Shares of which more is better, in percent.
select
    indicator, area, sex, locality, age,
    year as newest_year, value as newest_value, source as newest_source, vintage as newest_vintage
from current_observations
join indicators using (indicator)
where ceiling = 100 and better = 'higher'
qualify row_number() over (partition by indicator, area, sex, locality, age order by year desc) = 1
order by indicator, area, sex, locality, age
