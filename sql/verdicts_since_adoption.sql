-- One row per statement of the resolution and reading: its verdict at adoption and now, by published figures, and the reviewed verdict.
select
    paragraph,
    claims.claim,
    statement,
    interval,
    max(value) filter (where moment = 'now') as value,
    claims.unit,
    max(verdict) filter (where moment = 'at adoption') as at_adoption,
    max(verdict) filter (where moment = 'now') as now,
    reviewed,
    max(explanation) filter (where moment = 'now') as explanation,
    max(change) filter (where moment = 'now') as change
from claims
join verdicts using (claim)
where basis = 'published'
group by all
order by paragraph, claims.claim
