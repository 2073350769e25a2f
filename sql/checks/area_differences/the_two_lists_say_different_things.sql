-- A difference is one: the publisher's list says other than ours; a row is one where both say the same.
select area, attribute, published, ours
from area_differences
where published is not distinct from ours
