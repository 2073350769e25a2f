-- An indicator relates to a paragraph of the resolution, or says why it is here; a row is one that does neither, or both.
select indicator, paragraphs, no_paragraph_because
from indicators
where (paragraphs is null) = (no_paragraph_because is null)
