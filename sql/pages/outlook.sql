-- One row: a series in a coming year by a model with smaller past errors than "no change"; of several models, the one with the smallest error.
select *
from projections
where is_shown and beats_no_change and value is not null
qualify row_number() over (partition by indicator, area, sex, locality, age, year order by backtest_error, model) = 1
order by area, indicator, sex, locality, age, year
