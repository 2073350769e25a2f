-- The verdicts of today on the published figures, first those that are not supported; the tab Checks says why.
select claim, verdict, value, claims.interval, verdicts.vintage
from verdicts
join claims using (claim)
where moment = 'now' and basis = 'published'
order by starts_with(verdict, 'supported'), paragraph, claim
