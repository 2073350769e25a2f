-- A vintage that prints a figure has no estimate of it; a row is an estimate of a figure that its own vintage prints.
select
    imputed_aggregates.source, imputed_aggregates.vintage, imputed_aggregates.indicator, group_name,
    imputed_aggregates.year, imputed_aggregates.value, observations.value as printed
from imputed_aggregates
join observations
    on observations.source = imputed_aggregates.source and observations.vintage = imputed_aggregates.vintage
    and observations.indicator = imputed_aggregates.indicator and observations.area = group_name
    and observations.year = imputed_aggregates.year and observations.sex = imputed_aggregates.sex
    and observations.locality = imputed_aggregates.locality and observations.age = imputed_aggregates.age
