-- One row per indicator and breakdown in which a number of any economy is held, or of any group by sex or by locality: what every economy
-- could report. Of the ages only those that economies report.
select distinct indicator, sex, locality, age
from observations
join indicators using (indicator)
where aggregation = 'mean over people' and better = 'higher'
    and (area_kind = 'economy' or (age = 'all' and sex in ('all', 'female', 'male') and locality in ('all', 'urban', 'rural')))
order by indicator, sex, locality, age
