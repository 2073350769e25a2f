-- Of each series one edition is the first choice, and each source has one that holds all areas of its fullest; a row is a series where not.
select
    indicator, area_kind, sex, locality, age, count(*) filter (where rank_by_preference = 1) as first_choices,
    count(distinct source) as sources, count(distinct source) filter (where share_of_fullest = 1) as sources_with_a_fullest
from editions
group by indicator, area_kind, sex, locality, age
having first_choices <> 1 or sources_with_a_fullest <> sources
