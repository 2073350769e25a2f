-- One row: an economy or group, with its name, numbers and region.
select iso3 as code, name, 'economy' as kind, null as scheme, m49, un_region as region, un_subregion as subregion from economies
union all
select group_name, title, 'group', scheme, null, null, null from groups
order by kind, name, code
