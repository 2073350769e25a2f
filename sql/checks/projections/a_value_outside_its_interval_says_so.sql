-- A projected value outside its own interval has a reason; a row is one that does not.
select indicator, area, model, year, value, lower, upper, bias, reason
from projections
where value not between lower and upper
    and (reason is null or reason not like '%the interval is %er than the value%')
