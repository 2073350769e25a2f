-- Under no change a group stands where its members' last values of the five years up to the base year put it, all of one vintage and
-- weighed with the people of the newest year held; a row is a group that stands elsewhere.
with last_values as (
    select
        what_if.group_name, what_if.indicator, what_if.sex, what_if.locality, what_if.age, what_if.year, what_if.value,
        iso3, max_by(observations.value, observations.year) as last_value
    from what_if
    join members_by_year as member
        on member.group_name = what_if.group_name and member.membership = 'latest' and member.year = what_if.population_year
    join observations
        on observations.area = iso3 and observations.source = what_if.source and observations.vintage = what_if.vintage
        and observations.indicator = what_if.indicator and observations.sex = what_if.sex and observations.locality = what_if.locality
        and observations.age = what_if.age and observations.year >= base_year - 5
    where scenario = 'no change'
    group by all
)
select group_name, indicator, year, value, sum(people * last_value) / sum(people) as of_members
from last_values
join (select iso3, locality, people from people where year = (select max(year) from people)) as counted using (iso3, locality)
where people > 0
group by group_name, indicator, sex, last_values.locality, age, last_values.year, value
having abs(value - of_members) > 1e-6
