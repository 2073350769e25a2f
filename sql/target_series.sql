-- One row per year of a series that a target may be held against: all values of the vintage that has the newest current number of an
-- indicator, area and breakdown. Parity that no publisher prints is women over men, both printed by one source in one vintage.
with parities as (
    select
        case gaps.indicator
            when 'individuals_using_internet' then 'gender_parity_internet' when 'mobile_phone_ownership' then 'gender_parity_mobile_phone'
        end as indicator,
        gaps.area, area_kind, gaps.year, 'all' as sex, 'all' as locality, gaps.among as age, parity as value,
        parity_lower as lower, parity_upper as upper, 'women over men, both as printed' as note, gaps.source, gaps.vintage
    from gaps
    join (select distinct area, area_kind from observations) as areas on areas.area = gaps.area
    where divide = 'sex' and basis = 'published' and parity is not null and among not in ('urban', 'rural')
        and gaps.indicator in ('individuals_using_internet', 'mobile_phone_ownership')
),
candidates as (
    select indicator, area, area_kind, year, sex, locality, age, value, lower, upper, note, source, vintage, true as is_printed
    from observations
    union all by name
    select *, false as is_printed from parities
),
newest as (
    select indicator, area, sex, locality, age, source, vintage, true as is_printed
    from current_observations
    qualify row_number() over (partition by indicator, area, sex, locality, age order by year desc) = 1
),
newest_parity as (
    select indicator, area, sex, locality, age, source, vintage, is_printed
    from candidates
    join (select distinct source, vintage, rank_by_age from editions) using (source, vintage)
    where not is_printed
    qualify row_number() over (partition by indicator, area, sex, locality, age order by rank_by_age, year desc) = 1
),
chosen as (
    select * from newest
    union all
    select * from newest_parity anti join newest using (indicator, area, sex, locality, age)
)
select indicator, area, area_kind, sex, locality, age, source, vintage, year, value, lower, upper, note
from candidates
join chosen using (indicator, area, sex, locality, age, source, vintage, is_printed)
order by indicator, area, sex, locality, age, year
