-- Every indicator, economy and group has a label in each language, be it English; a row is one that has none in a language.
with named as (
    select 'indicator' as kind, indicator as key from indicators
    union all
    select 'economy' as kind, iso3 as key from economies
    union all
    select 'group' as kind, group_name as key from groups
),
languages as (
    select distinct language from labels
)
select kind, key, language
from named
cross join languages
anti join labels using (kind, key, language)
