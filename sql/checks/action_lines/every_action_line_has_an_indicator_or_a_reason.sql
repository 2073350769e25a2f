-- An action line has an indicator that relates to it, or says why it has none; a row is one that does neither, or both.
select action_line, indicators, reason
from action_lines
where (indicators is null) = (reason is null)
