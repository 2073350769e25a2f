-- The income groups are parts of the world: together they never hold more people; a row is a year in which they do.
select parts.membership, parts.indicator, parts.year, parts.vintage, parts.people, world.population
from (
    select membership, indicator, year, sex, locality, age, source, vintage, sum(population) as people
    from aggregates
    where scheme = 'income' and rule = 'hard bounds'
    group by all
) as parts
join aggregates as world using (membership, indicator, year, sex, locality, age, source, vintage)
where world.group_name = 'world' and world.rule = 'hard bounds' and parts.people > world.population * (1 + 1e-9)
