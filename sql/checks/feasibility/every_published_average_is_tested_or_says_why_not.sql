-- Every published group figure that is an average over people is tested, or says why it cannot be; a row is one that is or does neither.
select observations.area, observations.indicator, observations.year, observations.source, observations.vintage, feasible, reason
from observations
join indicators using (indicator)
left join feasibility
    on feasibility.group_name = observations.area and feasibility.indicator = observations.indicator
    and feasibility.year = observations.year and feasibility.sex = observations.sex
    and feasibility.locality = observations.locality and feasibility.age = observations.age
    and feasibility.source = observations.source and feasibility.vintage = observations.vintage
where aggregation = 'mean over people' and observations.area_kind = 'group'
    and (feasible is null or (feasible = 'not testable') <> (reason is not null))
