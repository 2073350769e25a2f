-- One row per pair of shares whose gap is measured, both sides from one area, year, source and vintage; shares in percent.
-- Computed pairs compare income groups by the newest list under the rule that carries values; their intervals are the hard bounds.
with sides as (
    select * from (values
        ('sex', 'male', 'female'), ('locality', 'urban', 'rural'), ('age', '15-24', 'not 15-24'), ('income', 'high-income', 'low-income')
    ) as side (divide, side_a, side_b)
),
shares as (
    select observations.*
    from observations
    join indicators using (indicator)
    -- "Over 95 per cent" gives an end and no figure; an end has no gap.
    where indicators.ceiling = 100 and value between 0 and 100 and (value > lower or value = 0) and (value < upper or value = 100)
),
people_pairs as (
    select
        divide, a.indicator, a.area, a.year, side_a, side_b, a.source, a.vintage,
        coalesce(nullif(concat_ws(', ',
            case when divide <> 'sex' and a.sex <> 'all' then a.sex end,
            case when divide <> 'locality' and a.locality <> 'all' then a.locality end,
            case when divide <> 'age' and a.age <> 'all' then a.age end), ''), 'all') as among,
        a.value as value_a, a.lower as lower_a, a.upper as upper_a, b.value as value_b, b.lower as lower_b, b.upper as upper_b
    from shares as a
    join shares as b
        on a.source = b.source and a.vintage = b.vintage and a.indicator = b.indicator and a.area = b.area and a.year = b.year
    join sides
        on (divide = 'sex' and a.sex = side_a and b.sex = side_b and a.locality = b.locality and a.age = b.age)
        or (divide = 'locality' and a.locality = side_a and b.locality = side_b and a.sex = b.sex and a.age = b.age)
        or (divide = 'age' and a.age = side_a and b.age = side_b and a.sex = b.sex and a.locality = b.locality)
),
income_pairs as (
    select
        divide, a.indicator, 'world' as area, a.year, side_a, side_b, a.source, a.vintage,
        coalesce(nullif(concat_ws(', ', nullif(a.sex, 'all'), nullif(a.locality, 'all'), nullif(a.age, 'all')), ''), 'all') as among,
        a.value as value_a, a.lower as lower_a, a.upper as upper_a, b.value as value_b, b.lower as lower_b, b.upper as upper_b
    from sides
    join shares as a on a.area = side_a
    join shares as b
        on b.area = side_b and a.source = b.source and a.vintage = b.vintage and a.indicator = b.indicator and a.year = b.year
        and a.sex = b.sex and a.locality = b.locality and a.age = b.age
    where divide = 'income'
),
computed_pairs as (
    select
        divide, a.indicator, 'world' as area, a.year, side_a, side_b, a.source, a.vintage,
        coalesce(nullif(concat_ws(', ', nullif(a.sex, 'all'), nullif(a.locality, 'all'), nullif(a.age, 'all')), ''), 'all') as among,
        a.value as value_a, a.lower as lower_a, a.upper as upper_a, b.value as value_b, b.lower as lower_b, b.upper as upper_b,
        a.coverage as coverage_a, b.coverage as coverage_b,
        case when least(a.coverage, b.coverage) = a.coverage then a.publishable else b.publishable end as publishable
    from sides
    join aggregates as a on a.group_name = side_a
    join aggregates as b
        on b.group_name = side_b and a.source = b.source and a.vintage = b.vintage and a.indicator = b.indicator and a.year = b.year
        and a.sex = b.sex and a.locality = b.locality and a.age = b.age and a.membership = b.membership and a.rule = b.rule
    join indicators on indicators.indicator = a.indicator
    where indicators.ceiling = 100 and divide = 'income' and a.membership = 'latest' and a.rule = 'interpolate and carry'
)
select *, 'published' as basis, null::double as coverage_a, null::double as coverage_b, 'published' as publishable from people_pairs
union all by name
select *, 'published' as basis, null::double as coverage_a, null::double as coverage_b, 'published' as publishable from income_pairs
union all by name
select *, 'computed' as basis from computed_pairs
order by divide, indicator, area, among, year, basis, source, vintage
