-- Nothing is lost: the rows of a snapshot are its observations and its quarantined rows; a row is a snapshot where they are not.
with kept as (
    select snapshot, count(*) as kept from observations group by snapshot
),
refused as (
    select source || '/' || vintage || '/' || file as snapshot, count(*) as refused from quarantine group by all
)
select snapshot, rows, coalesce(kept, 0) as kept, coalesce(refused, 0) as refused
from snapshots
left join kept using (snapshot)
left join refused using (snapshot)
where rows <> coalesce(kept, 0) + coalesce(refused, 0)
