-- One row per economy, year and scheme that puts every economy into one group at most: what inequality is split by.
-- The regions of the World Bank are known by the newest list only.
select scheme, membership, group_name, iso3, year
from members_by_year
where scheme in ('income', 'itu region')
union all
select 'world bank region' as scheme, 'latest' as membership, world_bank_region as group_name, iso3, year
from economies
cross join (select distinct year from people) as years
where world_bank_region is not null
order by scheme, membership, group_name, iso3, year
