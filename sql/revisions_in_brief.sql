-- One row per indicator and pair of consecutive vintages: how many numbers changed and by how much, which economies moved most, and which
-- figures of groups moved.
with moved as (
    select *, area || ' ' || year || case when change > 0 then ' +' else ' ' end || printf('%.4g', change) as told
    from revisions
    where kind = 'changed'
)
select
    source, vintage_from, vintage_to, indicator,
    count(*) filter (where kind = 'changed') as changed,
    count(*) filter (where kind = 'new') as new,
    count(*) filter (where kind = 'withdrawn') as withdrawn,
    count(distinct area) filter (where area_kind = 'economy') as economies,
    count(distinct area) filter (where area_kind = 'group') as groups,
    median(abs(change)) as median_change,
    max(abs(change)) as largest_change,
    any_value(economies_moved_most) as economies_moved_most,
    any_value(groups_moved) as groups_moved
from revisions
left join (
    select source, vintage_from, vintage_to, indicator,
        string_agg(told, ', ' order by abs(change) desc, area, year) filter (where area_kind = 'economy' and place <= 5) as economies_moved_most,
        string_agg(told, ', ' order by abs(change) desc, area, year) filter (where area_kind = 'group' and place <= 5) as groups_moved
    from (
        select *, row_number() over (
            partition by source, vintage_from, vintage_to, indicator, area_kind order by abs(change) desc, area, year
        ) as place
        from moved
    )
    group by all
) using (source, vintage_from, vintage_to, indicator)
group by all
order by source, vintage_from, indicator
