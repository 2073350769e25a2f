-- There is an estimate within its bounds, or a reason why there is none; a row is one with neither, both, or a figure outside.
select source, vintage, indicator, group_name, year, value, lower, upper, reason
from imputed_aggregates
where (value is null) = (reason is null) or value < lower - 1e-9 or value > upper + 1e-9
