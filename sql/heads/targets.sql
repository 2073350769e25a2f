-- The targets of the world.
select target, required, deadline, latest, "year", status
from targets
where area = 'world'
order by target
