-- One row: how many years an area is behind a benchmark in the newest year that can be compared, of an indicator in total; the publisher's own
-- figures of groups before those computed here.
select time_distance.*
from time_distance
join (select distinct source, vintage, rank_by_age from editions) using (source, vintage)
where sex = 'all' and locality = 'all' and age = 'all' and area <> benchmark
qualify row_number() over (
  partition by indicator, area, benchmark
  order by year desc, case when (basis = 'published') = (area_kind = 'group') then 0 else 1 end, rank_by_age
) = 1
order by area, indicator, benchmark
