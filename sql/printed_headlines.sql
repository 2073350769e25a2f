-- One row per group, year and vintage that stand at an end of a split change: what publishers had printed of the group for that year by
-- the time of that vintage, from the newest edition of any source. In the unit of the indicator. An edition that says only "over 95 per
-- cent" printed none.
with ends as (
    select source, vintage_from as vintage, indicator, sex, locality, age, year_from as year from change_points
    union
    select source, vintage_to as vintage, indicator, sex, locality, age, year_to as year from change_points
),
dated as (
    select source, indicator, vintage, max(published) as by_then from observations group by source, indicator, vintage
)
select
    ends.source, ends.vintage, ends.indicator, ends.sex, ends.locality, ends.age, said.area as group_name, ends.year,
    said.value as headline, said.source || ' ' || said.vintage as printed_in
from ends
join dated using (source, indicator, vintage)
join observations as said
    on said.indicator = ends.indicator and said.sex = ends.sex and said.locality = ends.locality and said.age = ends.age
    and said.year = ends.year and said.area_kind = 'group' and said.published <= by_then
    and coalesce(said.value = said.lower, false) = coalesce(said.value = said.upper, false)
join sources on sources.source = said.source
qualify row_number() over (
    partition by ends.source, ends.vintage, ends.indicator, ends.sex, ends.locality, ends.age, said.area, ends.year
    order by said.published desc, precedence_groups, said.vintage desc
) = 1
order by ends.source, ends.vintage, ends.indicator, ends.sex, ends.locality, ends.age, group_name, ends.year
