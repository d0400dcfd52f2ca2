-- Stacks that take over what is in their clouds already. A version before this one cannot read their statuses: none is to
-- be adopted while nodes of both versions run.

create or replace view drifted_part as
  select part.stack, part.resource, part.cloud, part.region, part.generation
  from stack_part as part
  where part.goal = 'PRESENT'
    and part.status in ('CREATE_COMPLETE', 'UPDATE_COMPLETE', 'ADOPT_COMPLETE', 'SUSPEND_COMPLETE', 'RESUME_COMPLETE')
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
          and part.status in
            ('CREATE_COMPLETE', 'UPDATE_COMPLETE', 'ADOPT_COMPLETE', 'SUSPEND_COMPLETE', 'RESUME_COMPLETE'))) end as untold,
    stack.puts_right
  from stack;

-- The ends of a project's stacks, newest first, those of adoptions included.
drop index stack_event_outcome;
create index stack_event_outcome on stack_event (tenant, project, at desc)
  where resource is null and status in ('CREATE_COMPLETE', 'CREATE_FAILED', 'UPDATE_COMPLETE', 'UPDATE_FAILED',
    'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CHECK_COMPLETE', 'CHECK_FAILED', 'SUSPEND_COMPLETE', 'SUSPEND_FAILED',
    'RESUME_COMPLETE', 'RESUME_FAILED', 'DELETE_COMPLETE', 'DELETE_FAILED', 'ADOPT_COMPLETE', 'ADOPT_FAILED');
