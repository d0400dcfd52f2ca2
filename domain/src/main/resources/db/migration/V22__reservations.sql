-- What a resource counts against its region's quotas: it is its own reservation until its cloud counts it.
alter table stack_part add column counts jsonb not null default '{}';
create index stack_part_being_made on stack_part (stack)
  where goal = 'PRESENT' and status in ('INIT_COMPLETE', 'CREATE_IN_PROGRESS');
create index stack_part_since on stack_part (since) where goal = 'PRESENT';
