-- A topic is held if economies with a value are counted, with their newest year; a row is a topic of which one holds without the other.
select name, status, economies, newest_year
from unmeasured_topics
where (status = 'held') <> (economies > 0) or (status = 'held') <> (newest_year is not null)
