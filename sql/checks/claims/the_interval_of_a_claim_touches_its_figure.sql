-- The figure of a claim is in the interval of its words, or is its end ("almost 85": from 84 to 85); a row is a claim of which it is
-- neither.
select claim, wording, figure, lower, upper
from claims
where measure <> 'economies below' and (figure < lower or figure > upper)
