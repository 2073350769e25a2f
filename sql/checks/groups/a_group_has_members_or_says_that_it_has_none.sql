-- A group has members by a list or as a union of groups, or says that it has none; a row is a group of which neither holds, or both.
with listed as (
    select distinct group_name, true as is_listed from memberships
)
select group_name, has_members, union_of
from groups
left join listed using (group_name)
where has_members <> (coalesce(is_listed, false) or union_of is not null)
