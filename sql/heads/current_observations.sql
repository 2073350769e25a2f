-- The newest figures of the world.
select indicator, year, value, unit, nature, vintage
from current_observations
where area = 'world' and sex = 'all' and locality = 'all' and age = 'all'
qualify row_number() over (partition by indicator order by year desc) = 1
order by year desc, indicator
