-- One row per member of a group in a year by the newest list, as in members_by_year.
select scheme, membership, group_name, iso3, year
from members_by_year
where membership = 'latest'
order by scheme, membership, group_name, iso3, year
