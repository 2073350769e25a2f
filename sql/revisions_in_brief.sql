-- One row per indicator and pair of consecutive vintages: how many numbers changed and by how much, which economies moved most, and which
-- figures of groups moved. Numbers are those of the earlier vintage.
with earlier as (
    select source, vintage as vintage_from, indicator, count(*) as numbers from observations group by source, vintage, indicator
),
ranked as (
    select
        *, area || ' ' || year || case when change > 0 then ' +' else ' ' end || printf('%.4g', change) as change_as_text,
        row_number() over (
            partition by source, vintage_from, vintage_to, indicator, area_kind order by abs(change) desc nulls last, area, year
        ) as place
    from revisions
)
select
    source, vintage_from, vintage_to, indicator, any_value(numbers) as numbers,
    count(*) filter (where kind = 'changed') as changed,
    count(*) filter (where kind = 'new') as new,
    count(*) filter (where kind = 'withdrawn') as withdrawn,
    count(distinct area) filter (where area_kind = 'economy') as economies,
    count(distinct area) filter (where area_kind = 'group') as groups,
    median(abs(change)) as median_change,
    max(abs(change)) as largest_change,
    string_agg(change_as_text, ', ' order by place)
        filter (where area_kind = 'economy' and kind = 'changed' and place <= 5) as economies_moved_most,
    string_agg(change_as_text, ', ' order by place)
        filter (where area_kind = 'group' and kind = 'changed' and place <= 5) as groups_moved
from ranked
join earlier using (source, vintage_from, indicator)
group by source, vintage_from, vintage_to, indicator
order by source, vintage_from, indicator
