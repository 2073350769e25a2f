-- One row per group, year and vintage that are at an end of a split change: what publishers had printed of the group for that year by
-- the time of that vintage, from the newest edition of any source. In the unit of the indicator. An edition that says only "over 95 per
-- cent" printed none.
with ends as (
    select source, vintage_from as vintage, indicator, sex, locality, age, year_from as year from change_points
    union
    select source, vintage_to as vintage, indicator, sex, locality, age, year_to as year from change_points
),
times as (
    select distinct source, vintage, published as by_then from editions
)
select
    ends.source, ends.vintage, ends.indicator, ends.sex, ends.locality, ends.age, said.area as group_name, ends.year,
    said.value as headline, said.source || ' ' || said.vintage as printed_in
from ends
join times using (source, vintage)
join observations as said
    on said.indicator = ends.indicator and said.sex = ends.sex and said.locality = ends.locality and said.age = ends.age
    and said.year = ends.year and said.area_kind = 'group'
    and coalesce(said.value = said.lower, false) = coalesce(said.value = said.upper, false)
join editions as said_in
    on said_in.source = said.source and said_in.vintage = said.vintage and said_in.indicator = said.indicator
    and said_in.area_kind = said.area_kind and said_in.sex = said.sex and said_in.locality = said.locality and said_in.age = said.age
    and said_in.published <= by_then
qualify row_number() over (
    partition by ends.source, ends.vintage, ends.indicator, ends.sex, ends.locality, ends.age, said.area, ends.year
    order by said_in.rank_by_age
) = 1
order by ends.source, ends.vintage, ends.indicator, ends.sex, ends.locality, ends.age, group_name, ends.year
