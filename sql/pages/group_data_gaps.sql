-- One row: one of the ten missing or outdated values of a group's members, by its newest list, that would reduce uncertainty most.
select group_name as area, data_gaps.*
from data_gaps join memberships using (iso3)
where valid_to is null and bounds_shrink_by > 0
qualify row_number() over (partition by group_name order by rank) <= 10
order by area, rank
