-- One row per published group figure that is an average over people, list of members and edition of the members' values to test it against.
-- The right list is that of the day the figure came out, for all years: by it the populations that the World Bank publishes for its groups
-- are the sums of their members. A figure may still use the list before, if that ended within the year before it came out: that is tested
-- too. Which list another publisher used is not stated: where membership has dates, the list of the year's end is tested too. Values are
-- those of the same vintage; where it has none for the year, of each source the last dated edition before the figure and the first after it.
with figures as (
    select
        coalesce(groups.scheme, 'unknown') as scheme, area as group_name, indicator, year, sex, locality, age, source, vintage,
        value, lower, upper, left(published || '-01-01', 10) as day
    from observations
    join indicators using (indicator)
    left join groups on groups.group_name = area
    where aggregation = 'mean over people' and area_kind = 'group'
),
held as (
    select distinct source, vintage, indicator, locality, year, left(published || '-01-01', 10) as day
    from observations
    where area_kind = 'economy' and sex = 'all' and age = 'all'
),
of_same_vintage as (
    select figures.*, source as members_source, vintage as members_vintage, 'of the same vintage' as members_are
    from figures
    semi join held using (source, vintage, indicator, locality, year)
    where sex = 'all' and age = 'all'
),
dated_held as (
    select held.*
    from held
    semi join (from editions where is_dated) using (source, vintage)
),
without_own as (
    select figures.*
    from figures
    anti join of_same_vintage using (source, vintage, indicator, group_name, year, sex, locality, age)
),
sought as (
    select without_own.*, sources_held.members_source
    from without_own
    join (select distinct source as members_source, indicator, locality, year from dated_held) as sources_held
        using (indicator, locality, year)
    where sex = 'all' and age = 'all'
),
before as (
    select sought.*, dated_held.vintage as members_vintage, 'last before it' as members_are
    from sought
    asof join dated_held
        on sought.members_source = dated_held.source and sought.indicator = dated_held.indicator
        and sought.locality = dated_held.locality and sought.year = dated_held.year and sought.day >= dated_held.day
),
after as (
    select sought.*, dated_held.vintage as members_vintage, 'first after it' as members_are
    from sought
    asof join dated_held
        on sought.members_source = dated_held.source and sought.indicator = dated_held.indicator
        and sought.locality = dated_held.locality and sought.year = dated_held.year and sought.day < dated_held.day
),
no_values as (
    select without_own.*, null as members_source, null as members_vintage, 'none' as members_are
    from without_own
    anti join sought using (source, vintage, indicator, group_name, year, sex, locality, age)
),
paired as (
    select * from of_same_vintage
    union all by name
    select * from before
    union all by name
    select * from after
    union all by name
    select * from no_values
),
dated as (
    select distinct group_name from dated_members where valid_from is not null or valid_to is not null
),
changes as (
    select group_name, valid_from as changed from dated_members where valid_from is not null
    union
    select group_name, valid_to from dated_members where valid_to is not null
),
lists_before as (
    select group_name, day, max(changed) as changed
    from (select distinct group_name, day from paired) as days
    join changes using (group_name)
    where changed <= day
    group by group_name, day
    having changed::date > day::date - to_years($list_before_within_years)
)
select * exclude (day), 'at publication' as membership, day as list from paired
union all
select paired.* exclude (day), 'list before' as membership, (changed::date - 1)::varchar as list
from paired
join lists_before using (group_name, day)
where members_are <> 'none'
union all
select * exclude (day), 'in force' as membership, year || '-' || $membership_day as list
from paired
semi join dated using (group_name)
where members_are <> 'none' and source <> 'world-bank-wdi'
    -- A year before the first list has no members in force.
    and year || '-' || $membership_day >= (
        select min(coalesce(valid_from, '0000')) from dated_members where dated_members.group_name = paired.group_name
    )
order by indicator, group_name, year, sex, locality, age, source, vintage, membership, members_source, members_vintage
