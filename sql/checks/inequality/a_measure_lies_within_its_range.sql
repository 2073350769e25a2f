-- A measure of bounded values stays below the highest there can be at its mean, and all but the concentration indices are never negative;
-- a row is one that does not.
select measure, indicator, year, scheme, membership, economies, source, vintage, value, highest
from inequality
where abs(value) > highest + 1e-9 or (value < 0 and measure not like 'concentration%')
