-- Numbers the events of a project as a whole, so that one cursor follows all its stacks. Taking a number locks the
-- project's row until the commit: what has a lower number can be read before what has a higher one, and nobody who
-- reads on from a number misses an event.
create table project_event (
  tenant  text   not null,
  project text   not null,
  last    bigint not null,
  primary key (tenant, project)
);

alter table stack_event add column tenant text;
alter table stack_event add column project text;
alter table stack_event add column position bigint;

update stack_event as event
set tenant = numbered.tenant, project = numbered.project, position = numbered.position
from (
  select stack_event.stack, stack_event.sequence, stack.tenant, stack.project,
    row_number() over (
      partition by stack.tenant, stack.project order by stack_event.at, stack_event.stack, stack_event.sequence) as position
  from stack_event join stack on stack.id = stack_event.stack) as numbered
where event.stack = numbered.stack and event.sequence = numbered.sequence;

insert into project_event (tenant, project, last)
select tenant, project, max(position) from stack_event group by tenant, project;

alter table stack_event alter column tenant set not null;
alter table stack_event alter column project set not null;
alter table stack_event alter column position set not null;
create unique index stack_event_position on stack_event (tenant, project, position);
