-- A projected value that no back-test has shown to beat "no change" carries a reason; a row is one that does not.
select indicator, area, model, year, value, backtest_error, persistence_error
from projections
where model <> 'no change' and not beats_no_change and reason is null
