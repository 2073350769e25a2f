-- One row: our own estimate of a group's figure for the newest year of a vintage that does not print it.
select imputed_aggregates.*
from imputed_aggregates
join (select distinct source, vintage, rank_by_age from editions) using (source, vintage)
where value is not null
qualify row_number() over (partition by group_name, indicator, sex, locality, age order by year desc, rank_by_age) = 1
order by group_name, indicator, sex, locality, age
