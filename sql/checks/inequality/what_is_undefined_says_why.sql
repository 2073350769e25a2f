-- A measure has a value, or a reason why it has none, never both and never neither; a row is one that breaks this.
select measure, indicator, year, scheme, membership, economies, source, vintage, value, reason
from inequality
where (value is null) = (reason is null)
