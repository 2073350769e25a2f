-- The world as the best model that is shown has it, in the last year projected.
select indicator, model, year, value, lower, upper
from projections
where area = 'world' and is_shown and model <> 'no change' and sex = 'all' and locality = 'all' and age = 'all'
qualify row_number() over (partition by indicator order by year desc, backtest_error) = 1
order by indicator
