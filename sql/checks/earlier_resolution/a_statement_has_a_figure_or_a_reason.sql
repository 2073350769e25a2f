-- A statement of ten years before has the figure of its year, or says why there is none; a row is one that does neither, or both.
select claim, value, why
from earlier_resolution
where (value is null) = (why is null)
