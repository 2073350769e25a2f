-- One row per edition of a series: a vintage of a source, of one indicator, kind of area and breakdown. It says when the vintage was
-- published, whether anybody dated it, which years and how many areas it holds, whether it is whole, and its place by age and by preference.
-- This is the only place that decides which edition is dated, whole, an excerpt, a base, newest or preferred.
-- Areas are counted against the fullest dated edition, so that an undated file changes nothing for dated ones; where no edition is dated,
-- against the fullest of all.
with vintages as (
    select source, vintage, max(published) as published, bool_and(is_dated) as is_dated
    from snapshots
    group by source, vintage
),
held as (
    select
        source, vintage, indicator, area_kind, sex, locality, age, bool_and(whole_series) as whole_series,
        count(distinct area) as areas, min(year) as first_year, max(year) as last_year, count(distinct year) as years
    from observations
    join (select snapshot, whole_series from snapshots) using (snapshot)
    group by source, vintage, indicator, area_kind, sex, locality, age
),
placed as (
    select
        held.*, published, is_dated,
        case area_kind when 'economy' then precedence_economies else precedence_groups end as precedence,
        -- Of two sources on one day the one preferred for groups counts as the newer.
        dense_rank() over (order by is_dated desc, tells_its_date desc, published desc, precedence_groups, vintage desc) as rank_by_age,
        coalesce(max(areas) filter (where is_dated) over of_source, max(areas) over of_source) as fullest,
        coalesce(max(areas) filter (where is_dated) over of_series, max(areas) over of_series) as fullest_of_any_source,
        coalesce(bool_or(is_dated) over of_series, false) as any_is_dated
    from held
    join vintages using (source, vintage)
    join sources using (source)
    window
        of_source as (partition by source, indicator, area_kind, sex, locality, age),
        of_series as (partition by indicator, area_kind, sex, locality, age)
)
select
    source, vintage, indicator, area_kind, sex, locality, age, published, is_dated, whole_series, areas, first_year, last_year, years,
    least(areas / fullest, 1) as share_of_fullest,
    areas / fullest < $whole_edition_share as is_excerpt,
    is_dated and whole_series and areas / fullest >= $whole_edition_share as is_whole,
    is_dated = any_is_dated and areas / fullest_of_any_source >= $whole_edition_share as is_base,
    rank_by_age,
    row_number() over (
        partition by indicator, area_kind, sex, locality, age order by is_dated desc, precedence, rank_by_age
    ) as rank_by_preference
from placed
order by indicator, area_kind, sex, locality, age, rank_by_age
