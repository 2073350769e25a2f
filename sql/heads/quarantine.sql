-- Why rows were refused, most frequent first; the table has each row as it was.
select reason, count(*) as rows, vintage, file, min(row_number) as first_row
from quarantine
group by reason, source, vintage, file
order by count(*) desc, reason, source, vintage, file
