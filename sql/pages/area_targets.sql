-- One row: a target as it stands for an area; those that cannot be judged come last.
select * from targets
order by area, status = 'undetermined', target_set, target
