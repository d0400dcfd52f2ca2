-- Probes of servers that a policy asks for, and what came of them.

-- Whether any of its resources is probed, so that stacks without probes cost nothing.
alter table plan add column probed boolean not null default false;
create index plan_probed on plan (id) where probed;

-- One row for each probe of each server and place from which it is asked.
create table part_probe (
  stack         uuid        not null,
  resource      text        not null,
  cloud         text        not null,
  region        text        not null,
  generation    integer     not null,
  vantage       text        not null, -- cloud/region in which those stand that ask; empty for none of the federation
  probe         text        not null, -- such as https:443/health 200
  address       text,                 -- null when there is none that can be gone to from there
  tries         integer     not null,
  after_seconds bigint      not null,
  pause_seconds bigint      not null,
  outcome       text        not null check (outcome in ('UNTRIED', 'ANSWERED', 'FAILED', 'OUT_OF_REACH')),
  reason        jsonb,
  failures      integer     not null, -- in a row
  since         timestamptz not null, -- of the outcome
  tried_at      timestamptz,
  failing       boolean     not null, -- often enough, for long enough
  due           timestamptz,          -- whoever takes it moves this on, so that others do not
  fence         bigint      not null default 0,
  primary key (stack, resource, cloud, region, generation, probe, vantage),
  foreign key (stack, resource, cloud, region, generation) references stack_part on delete cascade
);
create index part_probe_due on part_probe (vantage, due) where due is not null;
create index part_probe_failing on part_probe (stack) where failing;

-- As which version of a stack its probes are known from a place.
create table stack_probing (
  stack   uuid   not null references stack on delete cascade,
  vantage text   not null,
  version bigint not null,
  primary key (stack, vantage)
);
