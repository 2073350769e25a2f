-- One row per dated vintage of a source that prints economies' values of an indicator averaged over people, with the day of its list.
-- The newest is the last that is no excerpt in what it has of economies as a whole, so that an excerpt never says that a group was dropped.
with newest as (
    select source, indicator, min(rank_by_age) filter (where not is_excerpt) as rank_by_age
    from editions
    where is_dated and area_kind = 'economy' and sex = 'all' and locality = 'all' and age = 'all'
    group by source, indicator
)
select
    source, indicator, vintage, left(any_value(published) || '-01-01', 10) as list, not bool_and(whole_series) as has_holes,
    any_value(editions.rank_by_age) = any_value(newest.rank_by_age) as is_newest
from editions
join indicators using (indicator)
join newest using (source, indicator)
where aggregation = 'mean over people' and is_dated
group by source, indicator, vintage
order by source, indicator, list, vintage
