-- Of a share, the bounds are exactly as far apart as the share of people who live in economies that did not report; a row is one where not.
select aggregates.group_name, aggregates.membership, indicator, year, vintage, lower, upper, coverage
from aggregates
join indicators using (indicator)
where indicators.ceiling = 100 and abs((upper - lower) - 100 * (1 - coverage)) > 1e-6
