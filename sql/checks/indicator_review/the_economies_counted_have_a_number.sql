-- As many economies are counted as have a current number, and none where there is none; a row is an indicator that says otherwise, with its
-- economies that have one for all ages. Where it is stated for some ages only, those count.
with held as (
    select indicator, count(distinct area) as with_a_number, count(distinct area) filter (where age = 'all') as of_all_ages
    from current_observations
    where area_kind = 'economy' and sex = 'all' and locality = 'all'
    group by indicator
)
select indicator, economies, of_all_ages, with_a_number
from indicator_review
left join held using (indicator)
where economies <> coalesce(if(of_all_ages > 0, of_all_ages, with_a_number), 0)
