-- The figure of a scenario is within its bounds, which are as wide as what the members without a path may do: anything, or under a target
-- reached anything from the target on; people reached and not reached are the bounds in people; a row is one where not.
select scenario, group_name, indicator, year, value, lower, upper, share_with_path, offline_lower, people_upper, population
from scenarios
where (value is null) <> (n_with_path = 0)
    or coalesce(value not between lower - 1e-9 and upper + 1e-9, false)
    or abs(upper - lower - (1 - share_with_path) * case scenario when 'target reached' then 100 - required else 100 end) > 1e-6
    or abs(people_upper / population - upper / 100) > 1e-9 or abs(people_lower / population - lower / 100) > 1e-9
    or abs(people_upper + offline_lower - population) > 1 or abs(people_lower + offline_upper - population) > 1
    or coverage > share_with_path + 1e-9
