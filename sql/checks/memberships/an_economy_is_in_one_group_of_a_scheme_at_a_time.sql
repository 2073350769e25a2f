-- Within one scheme, an economy's periods of membership do not overlap; a row is a pair of periods that do.
select
    a.scheme, a.iso3, a.group_name, b.group_name as other_group,
    a.valid_from, a.valid_to, b.valid_from as other_from, b.valid_to as other_to
from memberships as a
join memberships as b using (scheme, iso3)
where (coalesce(a.valid_from, ''), a.group_name) < (coalesce(b.valid_from, ''), b.group_name)
    and coalesce(b.valid_from, '') < coalesce(a.valid_to, '9999')
