-- One row per number: the newest vintage of the preferred source, and how many vintages there were to choose from.
-- Economies and groups have source preferences of their own, and an undated vintage comes after every dated one (table editions). A number
-- that a newer whole edition of its series no longer has, though it spans the year, was withdrawn and is not current; one that it has and
-- that was refused was not withdrawn. An edition that prints single figures gives way to other sources once its source has a newer edition
-- of the indicator, so that a series is not made of editions that do not belong together.
with placed as (
    select *, rank_by_age > min(rank_by_age) over (partition by source, indicator) as is_superseded
    from editions
),
covering as (
    select
        source, indicator, area_kind, sex, locality, age, year,
        min(rank_by_age) as rank_of_newest_whole, min_by(vintage, rank_by_age) as newest_whole
    from editions
    join (select distinct source, indicator, area_kind, sex, locality, age, year from observations)
        using (source, indicator, area_kind, sex, locality, age)
    where is_whole and year between first_year and last_year
    group by source, indicator, area_kind, sex, locality, age, year
),
unusable as (
    select source, vintage as newest_whole, indicator, area, year::bigint as year, sex, locality, age from quarantine
),
withdrawn as (
    select observations.source, observations.indicator, observations.vintage, observations.area, observations.year,
        observations.sex, observations.locality, observations.age
    from observations
    join editions using (source, vintage, indicator, area_kind, sex, locality, age)
    join covering using (source, indicator, area_kind, sex, locality, age, year)
    anti join observations as still
        on still.source = observations.source and still.indicator = observations.indicator and still.vintage = newest_whole
        and still.area = observations.area and still.year = observations.year and still.sex = observations.sex
        and still.locality = observations.locality and still.age = observations.age
    anti join unusable using (source, newest_whole, indicator, area, year, sex, locality, age)
    where rank_by_age > rank_of_newest_whole
),
candidates as (
    select
        observations.*, not whole_series and is_superseded as gives_way, rank_by_preference,
        count(*) over figure as vintages_to_choose_from,
        count(distinct source) over figure as sources_to_choose_from,
        row_number() over (partition by indicator, area, year, sex, locality, age, source order by rank_by_age) as place
    from observations
    join placed using (source, vintage, indicator, area_kind, sex, locality, age)
    anti join withdrawn using (source, indicator, vintage, area, year, sex, locality, age)
    window figure as (partition by indicator, area, year, sex, locality, age)
),
newest_of_each as (
    select *, row_number() over (partition by indicator, area, year, sex, locality, age order by gives_way, rank_by_preference) as choice
    from candidates
    where place = 1
),
others as (
    select chosen.indicator, chosen.area, chosen.year, chosen.sex, chosen.locality, chosen.age,
        max(abs(chosen.value - other.value)) as differs_by
    from newest_of_each as chosen
    join newest_of_each as other using (indicator, area, year, sex, locality, age)
    where chosen.choice = 1 and other.source <> chosen.source
    group by all
)
select
    indicator, area, area_kind, year, sex, locality, age, value, lower, upper, unit, printed, nature,
    source, vintage, published, seen_in, note, snapshot, row_number, licence,
    vintages_to_choose_from, sources_to_choose_from, differs_by,
    case
        when vintages_to_choose_from = 1 then 'the only vintage that has it'
        when sources_to_choose_from = 1 then 'newest vintage of the only source'
        else 'newest vintage of the preferred source that has it'
    end as chosen_because
from newest_of_each
left join others using (indicator, area, year, sex, locality, age)
where choice = 1
order by indicator, area, year, sex, locality, age
