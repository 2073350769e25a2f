-- One row per source, indicator, group and year: the share of the group's people who report, 0 to 1, in the newest dated vintage that is no
-- excerpt (table editions).
with newest as (
    select source, indicator, vintage
    from editions
    where is_dated and not is_excerpt and area_kind = 'economy' and sex = 'all' and locality = 'all' and age = 'all'
    qualify row_number() over (partition by source, indicator order by rank_by_age) = 1
)
select source, indicator, group_name, year, vintage, coverage, publishable
from aggregates
join newest using (source, indicator, vintage)
where membership = 'latest' and rule = 'hard bounds' and sex = 'all' and locality = 'all' and age = 'all' and n_reporting > 0
order by source, indicator, group_name, year
