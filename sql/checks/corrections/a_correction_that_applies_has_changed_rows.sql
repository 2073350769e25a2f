-- A correction that applies has changed rows, and one of what is not held names no vintage; a row is one of which that does not hold.
select correction, status, rows, newest_vintage
from corrections
where (status = 'applies' and rows = 0) or (status = 'not held') <> (newest_vintage is null)
