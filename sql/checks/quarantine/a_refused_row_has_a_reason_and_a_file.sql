-- A refused row says why, and is of a file that was read; a row is one without a reason, or of a file that is not in snapshots.
select source, vintage, file, row_number, reason
from quarantine
left join snapshots using (source, vintage, file)
where snapshots.snapshot is null or coalesce(reason, '') = ''
