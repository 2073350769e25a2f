-- One row per source, indicator, group and year: the share of the group's people who report, 0 to 1, in the newest dated vintage that is no
-- excerpt. A vintage with less than half the economies of the fullest is one, because a connector refuses a file with less than half.
with editions as (
    select
        source, indicator, vintage, published,
        count(distinct area) >= 0.5 * max(count(distinct area)) over (partition by source, indicator) as is_no_excerpt
    from observations
    join snapshots using (snapshot, source, vintage, published)
    where is_dated and area_kind = 'economy' and sex = 'all' and locality = 'all' and age = 'all'
    group by source, indicator, vintage, published
),
newest as (
    select source, indicator, vintage
    from editions
    where is_no_excerpt
    qualify row_number() over (partition by source, indicator order by published desc, vintage desc) = 1
)
select source, indicator, group_name, year, vintage, coverage, publishable
from aggregates
join newest using (source, indicator, vintage)
where membership = 'latest' and rule = 'hard bounds' and sex = 'all' and locality = 'all' and age = 'all' and n_reporting > 0
order by source, indicator, group_name, year
