-- Where every member moves as the best quarter did, no group is lower than where every member moves as is typical; a row is one that does.
select best.group_name, best.indicator, best.year, best.value, typical.value as typical_value
from scenarios as best
join scenarios as typical using (group_name, indicator, sex, locality, age, year)
where best.scenario = 'best quarter''s pace' and typical.scenario = 'typical pace' and best.value < typical.value - 1e-9
