-- One row per number of a vintage that somebody dated, as in observations and in their order.
select observations.*
from observations
anti join undated_vintages using (source, vintage)
order by observations.rowid
