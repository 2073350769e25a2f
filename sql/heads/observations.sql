-- How many numbers each edition gave, of how many indicators, economies and groups.
select
    source, vintage, count(*) as numbers, count(distinct indicator) as indicators,
    count(distinct case when area_kind = 'economy' then area end) as economies,
    count(distinct case when area_kind = 'group' then area end) as groups
from observations
group by source, vintage
order by source, vintage desc
