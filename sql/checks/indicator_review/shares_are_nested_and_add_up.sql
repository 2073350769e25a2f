-- Recent values are among all values, and the shares by who measured add up to one where economies have values; a row is an indicator where
-- they do not.
select indicator, economies, economies_recent, share_of_people, share_of_people_recent, share_country, share_estimate, share_unknown
from indicator_review
where economies_recent > economies or share_of_people_recent > share_of_people + 1e-9
    or abs(coalesce(share_country + share_estimate + share_unknown, 0) - (economies > 0)::int) > 1e-9
