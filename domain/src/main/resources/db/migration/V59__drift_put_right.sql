-- A stack can want that what was changed behind its back is put right, too. Who does not know of that column reads that
-- what vanishes is made anew.

alter table stack add column puts_right boolean not null default false;

create or replace view stack_drift as
  select stack.id as stack, stack.on_drift,
    case when stack.status like 'DELETE\_%' then 0
      else (select count(*) from drifted_part where drifted_part.stack = stack.id) end as drifted,
    case when stack.status like 'DELETE\_%' then 0
      else coalesce(
        (select untold from stack_comparison where stack_comparison.stack = stack.id),
        (select count(*) from stack_part as part where part.stack = stack.id
          and part.goal = 'PRESENT'
          and part.status in ('CREATE_COMPLETE', 'UPDATE_COMPLETE', 'SUSPEND_COMPLETE', 'RESUME_COMPLETE'))) end as untold,
    stack.puts_right
  from stack;
