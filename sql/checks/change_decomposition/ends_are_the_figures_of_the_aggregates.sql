-- The ends of a split change are the groups' figures under the rule that carries values, where both count people by one edition; a row is
-- one that differs.
select
    change_decomposition.group_name, change_decomposition.member_list, change_decomposition.indicator,
    vintage_to, year_to, value_to, aggregates.value
from change_decomposition
join aggregates
    on aggregates.group_name = change_decomposition.group_name and aggregates.membership = change_decomposition.member_list
    and aggregates.indicator = change_decomposition.indicator and aggregates.source = change_decomposition.source
    and aggregates.vintage = vintage_to and aggregates.year = year_to
    and aggregates.sex = change_decomposition.sex and aggregates.locality = change_decomposition.locality
    and aggregates.age = change_decomposition.age
where abs(aggregates.population - group_people_to) < 1
    and rule = 'interpolate and carry' and measure = 'value' and abs(value_to - aggregates.value) > 1e-9 * greatest(1, abs(value_to))
