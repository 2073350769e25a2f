-- Every economy's number belongs to an area of the table economies, every group's to one of the table groups; a row is one that does not.
select area, area_kind, any_value(snapshot) as snapshot, count(*) as numbers
from observations
where (area_kind = 'economy' and area not in (select iso3 from economies))
    or (area_kind = 'group' and area not in (select group_name from groups))
group by area, area_kind
