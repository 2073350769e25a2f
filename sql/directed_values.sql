-- One row per economy's value, as in reported_values, of an indicator of which more or less is better.
select reported_values.*
from reported_values
join indicators using (indicator)
where better <> 'neither'
order by source, vintage, indicator, sex, locality, age, iso3, year
