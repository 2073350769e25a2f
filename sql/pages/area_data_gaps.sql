-- One row: a missing or old value of an economy, the one that would reduce uncertainty most first.
select * from data_gaps
order by iso3, rank
