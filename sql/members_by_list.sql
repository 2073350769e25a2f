-- One row per member of a group on the list of a day, for the days on whose lists published averages are tested or estimated.
-- The World Bank's regions are known by their newest list alone; its regions without high income follow from the lists.
-- 'rest of the world' are people in no economy of the publisher's list: they are in the world, and in each group whose published population
-- exceeds that of its members by as many.
with days as (
    select distinct list from published_averages
    union
    select distinct list from vintages_of_groups
    union
    select distinct left(published || '-01-01', 10) as list from observations where indicator = 'population'
),
regions as (
    select group_name, iso3
    from economies
    join groups on scheme = 'world bank' and title in (world_bank_region || ' (World Bank)')
),
regions_without_high_income as (
    select group_name, iso3
    from economies
    join groups on scheme = 'world bank' and title in (world_bank_region || ' (excluding high income) (World Bank)')
),
listed as (
    select group_name, list, iso3
    from dated_members
    join days on (valid_from is null or valid_from <= list) and (valid_to is null or valid_to > list)
),
economies_listed as (
    select group_name, list, iso3 from listed
    union all
    select group_name, list, iso3 from regions join days on list >= $world_bank_regions_since
    union all
    select regions_without_high_income.group_name, days.list, regions_without_high_income.iso3
    from regions_without_high_income
    join days on days.list >= $world_bank_regions_since
    anti join (from listed where group_name = 'high-income') as rich
        on rich.list = days.list and rich.iso3 = regions_without_high_income.iso3
),
counted as (
    select
        source, vintage, year, area, area_kind, value, left(published || '-01-01', 10) as list,
        sum(value) filter (where area_kind = 'economy') over edition as of_economies,
        max(value) filter (where area = 'world') over edition as of_world
    from observations
    where indicator = 'population' and sex = 'all' and locality = 'all' and age = 'all'
    window edition as (partition by source, vintage, year)
),
of_members as (
    select source, vintage, year, group_name, sum(value) as people
    from counted
    join economies_listed on iso3 = area and economies_listed.list = counted.list
    where area_kind = 'economy'
    group by source, vintage, year, group_name
),
with_the_rest as (
    select area as group_name
    from counted
    join of_members on of_members.group_name = area and of_members.source = counted.source and of_members.vintage = counted.vintage
        and of_members.year = counted.year
    where of_world > of_economies
    group by area
    having max(abs(value - people - (of_world - of_economies)) / (of_world - of_economies)) < $rest_of_world_tolerance
    union
    select 'world' as group_name
)
select group_name, list, iso3 from economies_listed
union all
select group_name, list, 'rest of the world' as iso3 from with_the_rest cross join days
order by group_name, list, iso3
