-- Stacks that become others, and go back. The version before does not write any of it.
alter table stack
  add column revision   integer not null default 1,
  add column back       integer,                        -- to which an update goes back
  add column rolls_back boolean not null default false; -- by itself, when the update fails

-- What a stack was wished to be. The content is there as long as an update can go back to it, and of the last one; the plan leads to its stack for ever.
create table stack_revision (
  stack    uuid    not null references stack on delete cascade,
  revision integer not null,
  plan     uuid    not null,
  content  text,            -- sealed: hidden parameters and passwords are in it
  primary key (stack, revision)
);
create index stack_revision_plan on stack_revision (plan);

alter table stack_part
  add column next     jsonb,                      -- what it shall become in place
  add column upon     jsonb,                      -- generations that it was built upon; null: whichever it requires
  add column revision integer not null default 0, -- of the stack, for which its cloud was asked last
  add column before   text;                       -- sealed: its properties before the update that is under way
create index stack_part_next on stack_part (stack) where next is not null;
create index stack_part_outgoing on stack_part (since) where goal = 'OUTGOING';

-- The ends of a project's stacks, newest first, those of updates included.
drop index stack_event_outcome;
create index stack_event_outcome on stack_event (tenant, project, at desc)
  where resource is null and status in ('CREATE_COMPLETE', 'CREATE_FAILED', 'UPDATE_COMPLETE', 'UPDATE_FAILED',
    'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'DELETE_COMPLETE', 'DELETE_FAILED');
