-- An economy is listed once: no other has its name or its number in M49; a row is an economy and the one it shares them with.
select first.iso3, second.iso3 as other, first.name, first.m49
from economies as first
join economies as second on first.iso3 < second.iso3 and (first.name = second.name or first.m49 = second.m49)
