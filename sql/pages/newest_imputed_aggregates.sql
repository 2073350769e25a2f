-- One row: our own estimate of a group's figure for the newest year of a vintage that does not print it.
select * from imputed_aggregates
where value is not null
qualify row_number() over (partition by group_name, indicator, sex, locality, age order by year desc, source, vintage) = 1
order by group_name, indicator, sex, locality, age
