-- A group figure is between the lowest and the highest value its members reported; a row is a group and year where it does not.
select aggregates.group_name, aggregates.membership, aggregates.indicator, aggregates.year, aggregates.vintage,
    any_value(aggregates.value) as value, min(reported.value) as lowest, max(reported.value) as highest
from aggregates
join members_by_year
    on members_by_year.group_name = aggregates.group_name and members_by_year.membership = aggregates.membership
    and members_by_year.year = aggregates.year
join reported_values as reported
    on reported.iso3 = members_by_year.iso3 and reported.year = aggregates.year and reported.indicator = aggregates.indicator
    and reported.source = aggregates.source and reported.vintage = aggregates.vintage and reported.locality = aggregates.locality
where aggregates.rule = 'renormalised'
group by aggregates.group_name, aggregates.membership, aggregates.indicator, aggregates.year, aggregates.vintage, aggregates.locality
having any_value(aggregates.value) < min(reported.value) - 1e-9 or any_value(aggregates.value) > max(reported.value) + 1e-9
