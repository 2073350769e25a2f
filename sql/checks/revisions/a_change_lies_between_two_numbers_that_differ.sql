-- What changed has two numbers and their difference, what is new or withdrawn has one; a row is a revision of which that does not hold.
select indicator, area, year, source, vintage_from, vintage_to, kind, value_from, value_to, change
from revisions
where case kind
        when 'changed' then coalesce(value_from = value_to or abs(value_to - value_from - change) > 1e-9, true)
        when 'new' then value_from is not null or value_to is null or change is not null
        else value_from is null or value_to is not null or change is not null
    end
