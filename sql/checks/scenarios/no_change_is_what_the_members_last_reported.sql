-- Under no change the figure of a group is the mean of its members' last values of the five years up to the base year, all of one vintage and
-- weighted with the people of the newest year available; a row is a group with another figure.
with last_values as (
    select
        scenarios.group_name, scenarios.indicator, scenarios.sex, scenarios.locality, scenarios.age, scenarios.year, scenarios.value,
        iso3, max_by(observations.value, observations.year) as last_value
    from scenarios
    join members_by_year as member
        on member.group_name = scenarios.group_name and member.membership = 'latest' and member.year = scenarios.population_year
    join observations
        on observations.area = iso3 and observations.source = scenarios.source and observations.vintage = scenarios.vintage
        and observations.indicator = scenarios.indicator and observations.sex = scenarios.sex and observations.locality = scenarios.locality
        and observations.age = scenarios.age and observations.year >= base_year - $pace_years
    where scenario = 'no change'
    group by all
)
select group_name, indicator, year, value, sum(people * last_value) / sum(people) as of_members
from last_values
join (select iso3, locality, people from people where year = (select max(year) from people)) as counted using (iso3, locality)
where people > 0
group by group_name, indicator, sex, last_values.locality, age, last_values.year, value
having abs(value - of_members) > 1e-6
