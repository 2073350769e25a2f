-- One row per indicator, area and year with a current number of all the people the indicator is stated for: the age is all, or where no
-- area of that kind has it for all ages, any it is given for (such as 10+); and who measured it.
select indicator, area, area_kind, year, nature
from current_observations
where sex = 'all' and locality = 'all'
qualify row_number() over (partition by indicator, area, year order by age <> 'all', age) = 1
    and (age = 'all' or not bool_or(age = 'all') over (partition by indicator, area_kind))
order by indicator, area, year
