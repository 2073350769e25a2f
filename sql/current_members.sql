-- One row per economy of a group by the newest list.
select group_name, iso3
from memberships
where valid_to is null
order by group_name, iso3
