-- The files of a vintage are of one source that is in the table sources, and of one date; a row is a vintage of which that does not hold.
select source, vintage, count(distinct snapshots.published) as dates, bool_or(sources.source is null) as is_unknown
from snapshots
left join sources using (source)
group by source, vintage
having dates > 1 or is_unknown
