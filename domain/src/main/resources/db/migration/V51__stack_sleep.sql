-- Stacks that sleep by somebody's wish. The version before does not write it.
alter table stack add column suspended boolean not null default false;

-- Parts that were put to sleep or woken are compared as before.
create or replace view drifted_part as
  select part.stack, part.resource, part.cloud, part.region, part.generation
  from stack_part as part
  where part.goal = 'PRESENT'
    and part.status in ('CREATE_COMPLETE', 'UPDATE_COMPLETE', 'SUSPEND_COMPLETE', 'RESUME_COMPLETE')
    and (part.health ->> 'state' = 'LOST' or exists (
      select from part_drift as drift
      where drift.stack = part.stack and drift.resource = part.resource and drift.cloud = part.cloud
        and drift.region = part.region and drift.generation = part.generation and drift.properties <> '[]'
        and drift.since >= part.since));

create or replace view stack_drift as
  select stack.id as stack, stack.on_drift,
    case when stack.status like 'DELETE\_%' then 0
      else (select count(*) from drifted_part where drifted_part.stack = stack.id) end as drifted,
    case when stack.status like 'DELETE\_%' then 0
      else coalesce(
        (select untold from stack_comparison where stack_comparison.stack = stack.id),
        (select count(*) from stack_part as part where part.stack = stack.id and part.goal = 'PRESENT'
          and part.status in ('CREATE_COMPLETE', 'UPDATE_COMPLETE', 'SUSPEND_COMPLETE', 'RESUME_COMPLETE'))) end as untold
  from stack;

-- The ends of a project's stacks, newest first, those of checks, sleeping and waking included.
drop index stack_event_outcome;
create index stack_event_outcome on stack_event (tenant, project, at desc)
  where resource is null and status in ('CREATE_COMPLETE', 'CREATE_FAILED', 'UPDATE_COMPLETE', 'UPDATE_FAILED',
    'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CHECK_COMPLETE', 'CHECK_FAILED', 'SUSPEND_COMPLETE', 'SUSPEND_FAILED',
    'RESUME_COMPLETE', 'RESUME_FAILED', 'DELETE_COMPLETE', 'DELETE_FAILED');
