-- The ends of a split change are the groups' figures under the rule that carries values, where both count people by one edition; a row is
-- one that differs.
select change_split.group_name, change_split.member_list, change_split.indicator, vintage_to, year_to, value_to, aggregates.value
from change_split
join aggregates
    on aggregates.group_name = change_split.group_name and aggregates.membership = change_split.member_list
    and aggregates.indicator = change_split.indicator and aggregates.source = change_split.source and aggregates.vintage = vintage_to
    and aggregates.year = year_to and aggregates.sex = change_split.sex and aggregates.locality = change_split.locality
    and aggregates.age = change_split.age
where abs(aggregates.population - group_people_to) < 0.5
    and rule = 'interpolate and carry' and measure = 'value' and abs(value_to - aggregates.value) > 1e-9 * greatest(1, abs(value_to))
