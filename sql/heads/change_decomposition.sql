-- How Internet use moved between the points compared of the world, newest first: the parts that add up to the total.
select vintage_from, year_from, vintage_to, year_to, total, progress, revision
from change_decomposition
where group_name = 'world' and indicator = 'individuals_using_internet' and member_list = 'in force' and measure = 'value'
order by vintage_to desc, year_to desc, vintage_from, year_from
