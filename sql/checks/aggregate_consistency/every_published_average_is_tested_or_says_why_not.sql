-- Every published group figure that is an average over people is tested, or says why it cannot be; a row is one that is or does neither.
select observations.area, observations.indicator, observations.year, observations.source, observations.vintage, feasible, reason
from observations
join indicators using (indicator)
left join aggregate_consistency
    on aggregate_consistency.group_name = observations.area and aggregate_consistency.indicator = observations.indicator
    and aggregate_consistency.year = observations.year and aggregate_consistency.sex = observations.sex
    and aggregate_consistency.locality = observations.locality and aggregate_consistency.age = observations.age
    and aggregate_consistency.source = observations.source and aggregate_consistency.vintage = observations.vintage
where aggregation = 'mean over people' and observations.area_kind = 'group'
    and (feasible is null or (feasible = 'not testable') <> (reason is not null))
