-- Either vintages were compared and the share withdrawn is stated, or a reason is; a row is an indicator with both or neither.
select indicator, pairs_compared, share_withdrawn, volatility_reason
from indicator_review
where (pairs_compared > 0) <> (volatility_reason is null) or (pairs_compared > 0) <> (share_withdrawn is not null)
