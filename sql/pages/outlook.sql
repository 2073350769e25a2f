-- One row: what a series would be in a coming year by a model whose back-test beats "no change"; the one with the least error stands for the
-- others.
select *
from projections
where is_shown and beats_no_change and value is not null
qualify row_number() over (partition by indicator, area, sex, locality, age, year order by backtest_error, model) = 1
order by area, indicator, sex, locality, age, year
