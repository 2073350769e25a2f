-- Each request is made by a paragraph in the table paragraphs; a row is a request of another.
select paragraph, request
from calendar
anti join paragraphs using (paragraph)
