-- A target that cannot be judged says why, and one that is judged has a value; a row is one that does neither.
select target, area, latest, status, reason
from targets
where (status = 'undetermined' and reason is null) or (status <> 'undetermined' and latest is null)
