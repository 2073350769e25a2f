-- One row per pair of points whose change is split, a point being a dated vintage and a year, both of one source: each vintage against the next
-- and against the newest, in the newest year that two thirds of the people report for in both, from newest such year to newest such year,
-- and in the newest such year of the later whose figure of the world had been printed at both times; and in the newest vintage, from the
-- first such year and from five years before the last. Beside each vintage stands the last edition of the population that came out while
-- it was the newest, or the oldest held.
with years as (
    select source, vintage, indicator, sex, locality, age, year
    from aggregates
    join indicators using (indicator)
    where better in ('higher', 'lower')
        and group_name = 'world' and aggregates.membership = 'latest' and rule = 'hard bounds' and publishable = 'published'
),
dated as (
    select source, indicator, vintage, max(published) as published
    from observations
    join snapshots using (snapshot, source, vintage, published)
    where is_dated
    group by source, indicator, vintage
),
editions as (
    select
        source, indicator, sex, locality, age, vintage, published, min(year) as first_year, max(year) as last_year,
        lead(vintage) over later as next_vintage, lead(published) over later as next_published,
        last_value(vintage) over (
            partition by source, indicator, sex, locality, age order by published, vintage
            rows between unbounded preceding and unbounded following
        ) as newest_vintage
    from years
    join dated using (source, indicator, vintage)
    group by source, indicator, sex, locality, age, vintage, published
    window later as (partition by source, indicator, sex, locality, age order by published, vintage)
),
populations as (
    select distinct edition, published from population_editions
),
peopled as (
    select editions.*, coalesce(
        (select max_by(edition, published) from populations where next_published is null or populations.published < next_published),
        (select min_by(edition, published) from populations)
    ) as population
    from editions
),
pairs as (
    select source, indicator, sex, locality, age, vintage as vintage_from, next_vintage as vintage_to
    from editions
    where next_vintage is not null
    union
    select source, indicator, sex, locality, age, vintage, newest_vintage
    from editions
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
    join editions as earlier using (source, indicator, sex, locality, age)
    join editions as later using (source, indicator, sex, locality, age)
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
    from editions
    where vintage = newest_vintage and first_year < last_year
    union
    select source, indicator, sex, locality, age, vintage, last_year - 5, vintage, last_year
    from editions
    where vintage = newest_vintage and first_year < last_year - 5
)
select
    source, indicator, sex, locality, age, vintage_from, year_from, earlier.population as population_from,
    vintage_to, year_to, later.population as population_to
from points
join peopled as earlier using (source, indicator, sex, locality, age)
join peopled as later using (source, indicator, sex, locality, age)
where earlier.vintage = vintage_from and later.vintage = vintage_to and earlier.population is not null and later.population is not null
order by source, indicator, sex, locality, age, vintage_from, vintage_to, year_from, year_to
