-- One row: a target and the progress of an area towards it; targets that cannot be judged come last.
select * from targets
order by area, status = 'undetermined', target_set, target
