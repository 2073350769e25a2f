-- The gaps of one indicator and breakdown together are worth at most the whole width of the world's bounds; a row is one worth more.
select indicator, sex, locality, age, sum(world_bound_shrinks_by) as points
from data_gaps
group by indicator, sex, locality, age
having points > 100 + 1e-6
