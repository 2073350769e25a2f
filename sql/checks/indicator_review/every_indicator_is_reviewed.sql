-- Held or not, an indicator of the catalogue has its row; a row is one that has none.
select indicator
from indicators
anti join indicator_review using (indicator)
