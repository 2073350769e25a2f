-- Statements said to be in conflict are so by an identity that was tried; a row is a pair that was not, or that can both hold.
select claim_a, claim_b, identity
from claim_conflicts
anti join (select claim_a, claim_b, identity from claim_identities where result = 'conflict') as tried using (claim_a, claim_b, identity)
