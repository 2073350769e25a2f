-- One row per number: the newest vintage of the preferred source, and how many vintages there were to choose from.
-- Economies and groups have source preferences of their own (table sources). Within a source the newest vintage goes first, and one that
-- nobody dated last. A number that a newer vintage of its series no longer has, though it holds the whole series and spans the year, was
-- withdrawn and is not current; one that it has and that was refused was not withdrawn. An excerpt, with less than nine tenths of the areas of
-- the fullest vintage, says nothing by what it leaves out. An edition that prints single figures gives way to other sources once a newer
-- edition of it is out, so that a series is not made of editions that do not belong together.
with editions as (
    select
        source, indicator, sex, locality, age, vintage, published, min(year) as first_year, max(year) as last_year,
        bool_and(whole_series) as prints_whole_series, bool_and(is_dated) as is_dated,
        bool_and(whole_series and is_dated) and count(distinct area) >= 0.9 * max(count(distinct area)) over series as is_whole
    from observations
    join snapshots using (snapshot, source, vintage, published)
    group by source, indicator, sex, locality, age, vintage, published
    window series as (partition by source, indicator, sex, locality, age)
),
newest_editions as (
    select source, indicator, max_by(vintage, (is_dated, published, vintage)) as newest_vintage
    from editions
    group by source, indicator
),
covering as (
    select
        source, indicator, sex, locality, age, year,
        max(row(editions.published, vintage)) as newest, max_by(vintage, (editions.published, vintage)) as newest_whole
    from editions
    join (select distinct source, indicator, sex, locality, age, year from observations) using (source, indicator, sex, locality, age)
    where is_whole and year between first_year and last_year
    group by source, indicator, sex, locality, age, year
),
unusable as (
    select source, vintage as newest_whole, indicator, area, year::bigint as year, sex, locality, age from quarantine
),
withdrawn as (
    select observations.source, observations.indicator, observations.vintage, observations.area, observations.year,
        observations.sex, observations.locality, observations.age
    from observations
    join covering using (source, indicator, sex, locality, age, year)
    anti join observations as still
        on still.source = observations.source and still.indicator = observations.indicator and still.vintage = newest_whole
        and still.area = observations.area and still.year = observations.year and still.sex = observations.sex
        and still.locality = observations.locality and still.age = observations.age
    anti join unusable using (source, newest_whole, indicator, area, year, sex, locality, age)
    where row(observations.published, observations.vintage) < newest
),
candidates as (
    select
        observations.*, prints_whole_series, newest_vintage,
        count(*) over figure as vintages_to_choose_from,
        count(distinct source) over figure as sources_to_choose_from,
        row_number() over (
            partition by indicator, area, year, sex, locality, age, source order by is_dated desc, observations.published desc, vintage desc
        ) as place
    from observations
    join editions using (source, indicator, sex, locality, age, vintage, published)
    join newest_editions using (source, indicator)
    anti join withdrawn using (source, indicator, vintage, area, year, sex, locality, age)
    window figure as (partition by indicator, area, year, sex, locality, age)
),
newest_of_each as (
    select candidates.*, row_number() over (
            partition by indicator, area, year, sex, locality, age
            order by
                not prints_whole_series and vintage <> newest_vintage,
                case area_kind when 'economy' then precedence_economies else precedence_groups end
        ) as choice
    from candidates
    join sources using (source)
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
