-- A tie joins a paragraph, an action line and an indicator of our lists; a row is one of which an end is on none.
select crosswalk.paragraph, crosswalk.action_line, crosswalk.indicator
from crosswalk
left join paragraphs on paragraphs.paragraph = crosswalk.paragraph
left join action_lines on action_lines.action_line = crosswalk.action_line
left join indicators on indicators.indicator = crosswalk.indicator
where paragraphs.paragraph is null or action_lines.action_line is null or indicators.indicator is null
