-- What was changed in clouds behind our back, as the mirror tells it, and what each stack wants done about it.

alter table stack add column on_drift text not null default 'REPLACE_VANISHED'
  check (on_drift in ('REPORT', 'REPLACE_VANISHED'));

-- Which parts are not as they were given to their clouds, or cannot be told to be; all others have no row.
create table part_drift (
  stack      uuid        not null,
  resource   text        not null,
  cloud      text        not null,
  region     text        not null,
  generation integer     not null,
  properties jsonb       not null, -- what was expected and what was found of each; without secrets
  untold     jsonb       not null, -- names of properties of which the mirror does not tell enough
  since      timestamptz not null,
  primary key (stack, resource, cloud, region, generation),
  foreign key (stack, resource, cloud, region, generation) references stack_part on delete cascade
);

-- What clouds chose where nothing was given, such as an address, as it was first seen; it is to stay so.
create table part_choice (
  stack      uuid        not null,
  resource   text        not null,
  cloud      text        not null,
  region     text        not null,
  generation integer     not null,
  given      bytea       not null, -- digest of what was given then
  chosen     jsonb       not null,
  primary key (stack, resource, cloud, region, generation),
  foreign key (stack, resource, cloud, region, generation) references stack_part on delete cascade
);

-- What a stack was last compared by, so that what is the same is not compared again.
create table stack_comparison (
  stack       uuid        primary key references stack on delete cascade,
  digest      text        not null,
  untold      integer     not null, -- parts of which the mirror does not tell enough
  waiting     boolean     not null, -- for lists that are older than what was last done to its parts
  compared_at timestamptz not null
);
create index stack_comparison_waiting on stack_comparison (stack) where waiting;

-- Parts that are not as they were given, or that have vanished and are not made anew.
create view drifted_part as
  select part.stack, part.resource, part.cloud, part.region, part.generation
  from stack_part as part
  where part.goal = 'PRESENT' and part.status in ('CREATE_COMPLETE', 'UPDATE_COMPLETE', 'ROLLBACK_COMPLETE')
    and (part.health ->> 'state' = 'LOST' or exists (
      select from part_drift as drift
      where drift.stack = part.stack and drift.resource = part.resource and drift.cloud = part.cloud
        and drift.region = part.region and drift.generation = part.generation and drift.properties <> '[]'
        and drift.since >= part.since)); -- what was found before an update is not told of what came of it

-- How far each stack is from what was given; of one that was not compared yet nothing can be told.
create view stack_drift as
  select stack.id as stack, stack.on_drift,
    case when stack.status like 'DELETE\_%' then 0
      else (select count(*) from drifted_part where drifted_part.stack = stack.id) end as drifted,
    case when stack.status like 'DELETE\_%' then 0
      else coalesce(
        (select untold from stack_comparison where stack_comparison.stack = stack.id),
        (select count(*) from stack_part as part where part.stack = stack.id
          and part.goal = 'PRESENT'
          and part.status in ('CREATE_COMPLETE', 'UPDATE_COMPLETE', 'ROLLBACK_COMPLETE'))) end as untold
  from stack;
