-- Who is at a check or repair, so that one that was taken for dead and wakes writes nothing over what was begun after it.
alter table leak_check add column owner text;
