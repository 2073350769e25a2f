-- One row per figure of a group made from a vintage that somebody dated, as in aggregates and in their order.
select aggregates.*
from aggregates
anti join undated_vintages using (source, vintage)
order by aggregates.rowid
