-- What is called a gap has no current number of its reference year; a row is one that has.
select data_gaps.indicator, iso3, data_gaps.sex, data_gaps.locality, data_gaps.age, reference_year, current_observations.value
from data_gaps
join current_observations
    on current_observations.indicator = data_gaps.indicator and area = iso3 and year = reference_year
    and current_observations.sex = data_gaps.sex and current_observations.locality = data_gaps.locality
    and current_observations.age = data_gaps.age
