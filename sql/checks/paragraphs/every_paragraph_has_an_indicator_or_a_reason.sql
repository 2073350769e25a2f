-- A paragraph that the project relates to has an indicator, or says why it has none; a row is one that does neither, or both.
select paragraph, indicators, reason
from paragraphs
where (indicators is null) = (reason is null)
