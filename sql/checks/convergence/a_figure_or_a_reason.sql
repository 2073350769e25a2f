-- Every row has a figure of at least three economies, or a reason why it has none; a row is one that has neither or both.
select group_name, indicator, measure, scale, year_from, year_to, year, vintage, value, n_economies, reason
from convergence
where (value is null) = (reason is null) or (value is not null and n_economies < $convergence_least_economies)
    or (measure = 'sigma' and value < 0)
