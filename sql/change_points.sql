-- One row per pair of points whose change is split, a point being a dated vintage and a year, both of one source: each vintage against the next
-- and against the newest, in the newest year that two thirds of the people report for in both, from newest such year to newest such year,
-- and in the newest such year of the later whose figure of the world had been printed at both times; and in the newest vintage, from the
-- first such year and from some years before the last. Each row names the last edition of the population that came out while
-- it was the newest, or the oldest held.
with years as (
    select source, vintage, indicator, sex, locality, age, year
    from aggregates
    join indicators using (indicator)
    where better in ('higher', 'lower')
        and group_name = 'world' and aggregates.membership = 'latest' and rule = 'hard bounds' and publishable = 'published'
),
comparable as (
    select
        source, indicator, sex, locality, age, vintage, published, min(year) as first_year, max(year) as last_year,
        lead(vintage) over later as next_vintage, lead(published) over later as next_published,
        min_by(vintage, rank_by_age) over (partition by source, indicator, sex, locality, age) as newest_vintage
    from years
    join editions using (source, vintage, indicator, sex, locality, age)
    where is_dated and area_kind = 'economy'
    group by source, indicator, sex, locality, age, vintage, published, rank_by_age
    window later as (partition by source, indicator, sex, locality, age order by rank_by_age desc)
),
populations as (
    select distinct edition, published from population_editions
),
peopled as (
    select comparable.*, coalesce(
        (select max_by(edition, published) from populations where next_published is null or populations.published < next_published),
        (select min_by(edition, published) from populations)
    ) as population
    from comparable
),
pairs as (
    select source, indicator, sex, locality, age, vintage as vintage_from, next_vintage as vintage_to
    from comparable
    where next_vintage is not null
    union
    select source, indicator, sex, locality, age, vintage, newest_vintage
    from comparable
    where vintage <> newest_vintage
),
printed as (
    select indicator, sex, locality, age, year, min(published) as first_printed
    from observations
    where area = 'world'
    group by indicator, sex, locality, age, year
),
ends as (
    select pairs.*, earlier.published as published_from, earlier.last_year as last_from, later.last_year as last_to
    from pairs
    join comparable as earlier using (source, indicator, sex, locality, age)
    join comparable as later using (source, indicator, sex, locality, age)
    where earlier.vintage = vintage_from and later.vintage = vintage_to
),
points as (
    select source, indicator, sex, locality, age, vintage_from, max(year) as year_from, vintage_to, max(year) as year_to
    from pairs
    join years as earlier using (source, indicator, sex, locality, age)
    join years as later using (source, indicator, sex, locality, age, year)
    where earlier.vintage = vintage_from and later.vintage = vintage_to
    group by source, indicator, sex, locality, age, vintage_from, vintage_to
    union
    select source, indicator, sex, locality, age, vintage_from, last_from, vintage_to, last_to from ends
    union
    select source, indicator, sex, locality, age, vintage_from, last_to, vintage_to, last_to
    from ends
    join printed using (indicator, sex, locality, age)
    where printed.year = last_to and first_printed <= published_from
    union
    select source, indicator, sex, locality, age, vintage, first_year, vintage, last_year
    from comparable
    where vintage = newest_vintage and first_year < last_year
    union
    select source, indicator, sex, locality, age, vintage, last_year - $change_years_before, vintage, last_year
    from comparable
    where vintage = newest_vintage and first_year < last_year - $change_years_before
)
select
    source, indicator, sex, locality, age, vintage_from, year_from, earlier.population as population_from,
    vintage_to, year_to, later.population as population_to
from points
join peopled as earlier using (source, indicator, sex, locality, age)
join peopled as later using (source, indicator, sex, locality, age)
where earlier.vintage = vintage_from and later.vintage = vintage_to and earlier.population is not null and later.population is not null
order by source, indicator, sex, locality, age, vintage_from, vintage_to, year_from, year_to
