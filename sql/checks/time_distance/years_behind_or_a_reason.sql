-- Every row says how many years an area is behind, within its two ends, or why that is unknown; a row is one that does neither or both.
select indicator, area, year, basis, benchmark, vintage, years_behind, lower, upper, reason
from time_distance
where (years_behind is null) = (reason is null)
    or years_behind not between lower and upper
    or abs(year - benchmark_year - years_behind) > 1e-9
