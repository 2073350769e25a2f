-- One row per series and pair of consecutive vintages of one source, with the years both cover; a breakdown is a series of its own, since it
-- may come in a file of its own. Both are whole where they hold the whole series: not an edition that prints single figures, nor a compilation
-- with holes, nor an excerpt, which has less than nine tenths of the areas of the fullest vintage. A vintage that nobody dated is neither
-- earlier nor later than another.
with editions as (
    select
        source, indicator, sex, locality, age, vintage, published, min(year) as first_year, max(year) as last_year,
        bool_and(whole_series) and count(distinct area) >= 0.9 * max(count(distinct area)) over series as is_whole
    from observations
    join snapshots using (snapshot, source, vintage, published)
    where is_dated
    group by source, indicator, sex, locality, age, vintage, published
    window series as (partition by source, indicator, sex, locality, age)
)
select
    source, indicator, sex, locality, age, vintage as vintage_from, lead(vintage) over later as vintage_to,
    greatest(first_year, lead(first_year) over later) as first_year, least(last_year, lead(last_year) over later) as last_year,
    is_whole and lead(is_whole) over later as both_are_whole
from editions
window later as (partition by source, indicator, sex, locality, age order by published, vintage)
qualify vintage_to is not null
order by source, indicator, sex, locality, age, vintage_from
