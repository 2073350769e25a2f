-- One row per number: the newest vintage of the preferred source, and how many vintages there were to choose from.
-- Economies and groups have source preferences of their own (table sources).
with candidates as (
    select
        observations.*,
        count(*) over figure as vintages_to_choose_from,
        count(distinct source) over figure as sources_to_choose_from,
        row_number() over (
            partition by indicator, area, year, sex, locality, age
            order by
                case area_kind when 'economy' then precedence_economies else precedence_groups end,
                published desc, vintage desc
        ) as choice
    from observations
    join sources using (source)
    window figure as (partition by indicator, area, year, sex, locality, age)
)
select
    indicator, area, area_kind, year, sex, locality, age, value, lower, upper, unit, printed, nature,
    source, vintage, published, seen_in, note, snapshot, row_number, licence,
    vintages_to_choose_from,
    case
        when vintages_to_choose_from = 1 then 'the only one held'
        when sources_to_choose_from = 1 then 'newest vintage of the only source'
        else 'newest vintage of the preferred source'
    end as chosen_because
from candidates
where choice = 1
order by indicator, area, year, sex, locality, age
