-- The newest estimates, with what such an estimate missed by where both exist.
select group_name, indicator, year, value, mean_error, vintage
from imputed_aggregates
where value is not null
order by year desc, indicator, group_name, source, vintage
