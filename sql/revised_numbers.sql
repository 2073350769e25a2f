-- One row per indicator of which two consecutive whole vintages of one source hold economies: over all such pairs, how many numbers the
-- earlier had and how many of them both have, how many of these moved beyond their precision and by how much, and how many were withdrawn.
with cells as (
    select
        indicator, source, vintage_from, vintage_to,
        bool_or(vintage = vintage_from) as is_before, bool_or(vintage = vintage_from) and bool_or(vintage = vintage_to) as is_in_both
    from observations
    join edition_pairs using (source, indicator, area_kind, sex, locality, age)
    where both_are_whole and area_kind = 'economy' and vintage in (vintage_from, vintage_to) and year between first_year and last_year
    group by indicator, area, year, sex, locality, age, source, vintage_from, vintage_to
),
compared as (
    select
        indicator, count(distinct row(source, vintage_from, vintage_to)) as pairs,
        count(*) filter (where is_before) as numbers_before, count(*) filter (where is_in_both) as numbers_in_both
    from cells
    group by indicator
),
revised as (
    select
        indicator, count(*) filter (where kind = 'changed') as moved, count(*) filter (where kind = 'withdrawn') as withdrawn,
        median(abs(change)) as median_move, max(abs(change)) as largest_move,
        max_by(area || ' ' || year, (abs(change), area, year)) filter (where kind = 'changed') as largest_move_of
    from revisions
    join edition_pairs using (source, indicator, area_kind, sex, locality, age, vintage_from, vintage_to)
    where both_are_whole and area_kind = 'economy'
    group by indicator
)
select
    indicator, pairs, numbers_before, numbers_in_both, coalesce(moved, 0) as moved, coalesce(withdrawn, 0) as withdrawn,
    median_move, largest_move, largest_move_of
from compared
left join revised using (indicator)
order by indicator
