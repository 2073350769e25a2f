-- What stands in for a figure is in no vintage that prints the figure; a row is an estimate beside a printed one of its own vintage.
select stand_ins.source, stand_ins.vintage, stand_ins.indicator, group_name, stand_ins.year, stand_ins.value, observations.value as printed
from stand_ins
join observations
    on observations.source = stand_ins.source and observations.vintage = stand_ins.vintage and observations.indicator = stand_ins.indicator
    and observations.area = group_name and observations.year = stand_ins.year and observations.sex = stand_ins.sex
    and observations.locality = stand_ins.locality and observations.age = stand_ins.age
