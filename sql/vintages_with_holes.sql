-- One row per source, vintage and indicator that is stored without some economies and years, since its files are not the whole series.
select distinct source, vintage, indicator
from editions
where not whole_series and area_kind = 'economy'
order by source, vintage, indicator
