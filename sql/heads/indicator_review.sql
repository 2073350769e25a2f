-- The indicators that most statements of the resolution are about.
select indicator, evidence, claims, economies, headline_year, share_of_people_recent
from indicator_review
order by claims desc, evidence, indicator
