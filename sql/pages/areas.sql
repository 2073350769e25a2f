-- One row: an economy or group, with what names it and where it lies.
select iso3 as code, name, 'economy' as kind, null as scheme, m49, un_region as region, un_subregion as subregion from economies
union all
select group_name, title, 'group', scheme, null, null, null from groups
order by kind, name, code
