-- By when what is due, soonest first.
select due, request, paragraph
from calendar
order by due_year nulls last, paragraph, request
