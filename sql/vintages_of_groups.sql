-- One row per dated vintage of a source that prints economies' values of an indicator averaged over people, with the day of its list.
-- The newest is the last that covers nine tenths of the economies the fullest covers, so that an excerpt never says that a group was dropped.
with editions as (
    select
        source, indicator, vintage, left(max(published) || '-01-01', 10) as list, not bool_and(whole_series) as has_holes,
        count(distinct area) filter (where area_kind = 'economy') as economies
    from observations
    join indicators using (indicator)
    join snapshots using (snapshot, source, vintage, published)
    where aggregation = 'mean over people' and is_dated
    group by source, indicator, vintage
),
compared as (
    select *, economies > 0 and economies >= 0.9 * max(economies) over of_source as is_full, max(economies) over of_source as most
    from editions
    window of_source as (partition by source, indicator)
)
select
    source, indicator, vintage, list, has_holes,
    is_full and row_number() over (partition by source, indicator, is_full order by list desc, vintage desc) = 1 as is_newest
from compared
where most > 0
order by source, indicator, list, vintage
