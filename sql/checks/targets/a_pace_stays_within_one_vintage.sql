-- The first value a pace is reckoned from is one of the same indicator, source and vintage as the latest, so that no basket is joined to
-- another and no vintage to another; a row is a pace whose first value that vintage does not hold. Parity, which may be reckoned, is left
-- out.
select targets.target, targets.area, targets.indicator, targets.pace_from, targets.source, targets.vintage, pace
from targets
anti join observations
    on observations.indicator = targets.indicator and observations.area = targets.area and observations.year = targets.pace_from
    and observations.age = targets.age and observations.sex = 'all' and observations.locality = 'all'
    and observations.source = targets.source and observations.vintage = targets.vintage
    and abs(targets.latest - targets.pace * (targets.year - targets.pace_from) - observations.value) < 1e-6
where pace is not null and targets.rule <> 'within'
