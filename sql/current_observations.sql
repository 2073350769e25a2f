-- One row per number: the newest vintage of the preferred source, and how many vintages there were to choose from.
-- Economies and groups have source preferences of their own (table sources). A number that a newer whole vintage of its source no longer
-- has, though it has the area and spans the year, was withdrawn and is not current. An edition that prints single figures gives way to
-- other sources once a newer edition of it is out, so that a series is not made of editions that do not belong together.
with editions as (
    select
        source, indicator, vintage, published, min(year) as first_year, max(year) as last_year, bool_and(whole_series) as is_whole,
        row_number() over (partition by source, indicator order by published, vintage) as edition,
        count(*) over (partition by source, indicator) as editions
    from observations
    join snapshots using (snapshot, source, vintage, published)
    group by source, indicator, vintage, published
),
held as (
    select distinct source, indicator, vintage, area, sex, locality, age from observations
),
withdrawn as (
    select distinct observations.source, observations.indicator, observations.vintage, observations.area, observations.year,
        observations.sex, observations.locality, observations.age
    from observations
    join editions as own using (source, indicator, vintage)
    join editions as newer
        on newer.source = observations.source and newer.indicator = observations.indicator and newer.edition > own.edition
        and newer.is_whole and observations.year between newer.first_year and newer.last_year
    join held
        on held.source = observations.source and held.indicator = observations.indicator and held.vintage = newer.vintage
        and held.area = observations.area and held.sex = observations.sex and held.locality = observations.locality and held.age = observations.age
    anti join observations as still
        on still.source = observations.source and still.indicator = observations.indicator and still.vintage = newer.vintage
        and still.area = observations.area and still.year = observations.year and still.sex = observations.sex
        and still.locality = observations.locality and still.age = observations.age
),
candidates as (
    select
        observations.*,
        count(*) over figure as vintages_to_choose_from,
        count(distinct source) over figure as sources_to_choose_from,
        row_number() over (
            partition by indicator, area, year, sex, locality, age
            order by
                not is_whole and edition < editions,
                case area_kind when 'economy' then precedence_economies else precedence_groups end,
                published desc, vintage desc
        ) as choice
    from observations
    join sources using (source)
    join editions using (source, indicator, vintage, published)
    anti join withdrawn using (source, indicator, vintage, area, year, sex, locality, age)
    window figure as (partition by indicator, area, year, sex, locality, age)
),
newest_of_each as (
    select * from candidates
    qualify row_number() over (partition by indicator, area, year, sex, locality, age, source order by choice) = 1
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
from candidates
left join others using (indicator, area, year, sex, locality, age)
where choice = 1
order by indicator, area, year, sex, locality, age
