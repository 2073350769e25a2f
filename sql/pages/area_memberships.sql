-- One row: an economy in a group by the newest list of the group.
select distinct scheme, group_name, title, iso3, name
from memberships
join groups using (scheme, group_name)
join economies using (iso3)
where valid_to is null
order by scheme, title, name
