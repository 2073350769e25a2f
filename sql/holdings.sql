-- One row per indicator of which any number is held: from which sources, in how many dated vintages, under which licences.
select
    indicator,
    string_agg(distinct source, ', ' order by source) as sources, string_agg(distinct licence, '; ' order by licence) as licences,
    count(distinct row(source, vintage)) filter (where is_dated) as vintages
from observations
join (select distinct source, vintage, is_dated from editions) using (source, vintage)
group by indicator
order by indicator
