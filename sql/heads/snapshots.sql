-- The snapshots, newest first.
select source, vintage, file, rows, without_value, licence
from snapshots
order by published desc, source, file
