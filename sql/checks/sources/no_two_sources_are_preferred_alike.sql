-- Of two sources one is preferred, for economies as for groups; a row is a source that shares its place with another.
select first.source, second.source as other, first.precedence_economies, first.precedence_groups
from sources as first
join sources as second
    on first.source < second.source
    and (first.precedence_economies = second.precedence_economies or first.precedence_groups = second.precedence_groups)
