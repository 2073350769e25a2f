-- By when what is due, soonest first.
select due, asked, paragraph
from calendar
order by due_year nulls last, paragraph, asked
