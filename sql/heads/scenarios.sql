-- The world's Internet use under each scenario.
select scenario, year, value as per_cent, lower, upper, offline_lower as offline_at_least, backtest_error
from scenarios
where group_name = 'world' and indicator = 'individuals_using_internet' and locality = 'all'
order by year, scenario
