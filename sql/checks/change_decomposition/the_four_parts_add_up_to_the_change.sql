-- Progress, revision, population and membership add up to the change, and their parts to them; a row is a change where they do not.
select group_name, member_list, indicator, measure, vintage_from, year_from, vintage_to, year_to,
    total, progress, revision, population, membership
from change_decomposition
where abs(progress + revision + population + membership - total) > 1e-9 * greatest(1, abs(value_from), abs(value_to))
    or abs(within + shift - progress) > 1e-9 * greatest(1, abs(value_from), abs(value_to))
    or abs(leaving + joining - membership) > 1e-9 * greatest(1, abs(value_from), abs(value_to))
    or abs(revision_of_reported + revision_newly_reported + revision_withdrawn + revision_of_filled - revision)
        > 1e-9 * greatest(1, abs(value_from), abs(value_to))
    or (reason is null and (total is null or progress + revision + population + membership is null))
