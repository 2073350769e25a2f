-- One row per member of a group over one period: the lists, and the unions of groups, whose members are those of their parts.
-- A union adds no new division of the economies, so it is never part of a way to divide the economies up.
with parts as (
    select scheme, group_name, unnest(string_split(union_of, ', ')) as part
    from groups
    where union_of is not null
)
select scheme, group_name, iso3, valid_from, valid_to
from memberships
union all
select parts.scheme, parts.group_name, iso3, valid_from, valid_to
from parts
join memberships on memberships.group_name = part
order by scheme, group_name, iso3, valid_from
