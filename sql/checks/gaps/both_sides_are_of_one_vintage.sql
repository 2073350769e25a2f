-- The two sides of a published gap are numbers of the very vintage it names; a row is a gap whose sides that vintage does not hold.
select gaps.divide, gaps.indicator, gaps.area, gaps.year, gaps.source, gaps.vintage
from gaps
where basis = 'published'
    and (
        select count(*)
        from observations
        where observations.indicator = gaps.indicator and observations.source = gaps.source and observations.vintage = gaps.vintage
            and observations.year = gaps.year and observations.value in (gaps.value_a, gaps.value_b)
    ) = 0
