-- A pace that was not tested on the past, or not over as many years as it is let run, or that does not beat no change, over economies or in
-- the group itself, says so; a row is one that does not. Of an aim, and of no change itself, nothing is to be beaten.
select scenario, group_name, indicator, year, horizon, tested_horizon, backtest_error, persistence_error, reason
from scenarios
where reason is null
    and (
        tested_horizon is null or tested_horizon < horizon
        or (scenario not in ('no change', 'target reached') and (not beats_no_change or group_error > group_persistence_error))
    )
