-- Two statements in conflict have a gap between them and nothing in common, others the reverse; a row is a pair of which that does not
-- hold.
select claim_a, claim_b, result, gap, overlap
from claim_identities
where (result = 'conflict') <> (gap > 0) or (result = 'conflict') <> (overlap is null)
