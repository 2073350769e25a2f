-- Whatever a rule assumes of the missing, its figure is within the hard bounds; a row is a figure outside them.
select group_name, membership, indicator, year, vintage, rule, value, lower, upper
from aggregates
where value < lower - 1e-9 or value > upper + 1e-9
