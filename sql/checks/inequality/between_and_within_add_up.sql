-- Where a measure is split, its parts between and within the groups add up to it; a row is one whose parts do not.
select measure, indicator, year, scheme, membership, economies, source, vintage, value, between, within
from inequality
where (scheme <> 'none' and value is not null and (between is null or within is null)) or abs(between + within - value) > 1e-9
