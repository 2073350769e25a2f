-- One row per member of a group in a year: by the list in force on the last day of that year, and by the newest list.
-- A group whose first list begins later has no members in force before it.
with years as (
    select distinct year from people
),
in_force as (
    select scheme, 'in force' as membership, group_name, iso3, year
    from dated_members
    cross join years
    where (valid_from is null or valid_from <= year || '-' || $membership_day)
        and (valid_to is null or valid_to > year || '-' || $membership_day)
),
latest as (
    select scheme, 'latest' as membership, group_name, iso3, year
    from dated_members
    cross join years
    where valid_to is null
),
rest_of_the_world as (
    select 'world' as scheme, kind.membership, 'world' as group_name, iso3, year
    from people
    cross join (values ('in force'), ('latest')) as kind (membership)
    where iso3 = 'rest of the world' and locality = 'all'
)
select * from in_force
union all
select * from latest
union all
select * from rest_of_the_world
order by scheme, membership, group_name, iso3, year
