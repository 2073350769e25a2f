-- Every claim has a verdict on the published figure at adoption and one now; a row is a claim and moment without.
select claim, moment
from claims
cross join (values ('at adoption'), ('now')) as wanted (moment)
anti join (select claim, moment from verdicts where basis = 'published') as judged using (claim, moment)
