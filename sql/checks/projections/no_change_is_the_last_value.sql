-- No change is the last value of the series as its vintage gives it, and every model has such a row; a row is a series and year where not.
select projections.indicator, projections.area, projections.year, projections.vintage, any_value(last_value) as last_value,
    any_value(observations.value) as published, count(*) filter (where model = 'no change' and projections.value = last_value) as no_changes
from projections
left join observations
    on observations.indicator = projections.indicator and observations.area = projections.area and observations.year = projections.last_year
    and observations.sex = projections.sex and observations.locality = projections.locality and observations.age = projections.age
    and observations.source = projections.source and observations.vintage = projections.vintage
group by
    projections.indicator, projections.area, projections.sex, projections.locality, projections.age, projections.year, projections.vintage
having no_changes <> 1 or any_value(observations.value) is distinct from any_value(last_value)
