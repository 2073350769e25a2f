-- One row per figure of a group made from a dated vintage, as in aggregates and in their order, with the age of the vintage.
select aggregates.*, rank_by_age
from aggregates
join (select distinct source, vintage, rank_by_age, is_dated from editions) using (source, vintage)
where is_dated
order by aggregates.rowid
