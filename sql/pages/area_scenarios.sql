-- One row: a scenario and year of a group, the scenarios in their order; groups with too few people in members with a value are left out.
select *, group_name as area
from scenarios
where publishable <> 'not published'
order by
    group_name, indicator, year,
    list_position(['no change', 'own pace', 'typical pace', 'best quarter''s pace', 'target reached'], scenario)
