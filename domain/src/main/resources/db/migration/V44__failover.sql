-- What becomes of stacks whose cloud is lost.

-- Whether any of its servers is made anew elsewhere when its cloud is lost, so that other stacks cost nothing.
alter table plan add column standby boolean not null default false;
create index plan_standby on plan (id) where standby;

-- One row for each stack and cloud of it that is silent, or in which something was replaced.
create table failover (
  stack              uuid        not null references stack on delete cascade,
  cloud              text        not null,
  state              text        not null
    check (state in ('WATCHING', 'ASKING', 'AT_WORK', 'MOVING', 'MOVED', 'HELD', 'FAILED', 'BACK')),
  silent_since       timestamptz not null,
  checks             integer     not null,          -- how often it was found silent, in a row
  checked_at         timestamptz,
  why                jsonb,
  held               jsonb       not null,
  plan               uuid,
  tries              integer     not null,          -- how often making anew has failed
  removes            boolean     not null,          -- whether the policy has what was replaced removed
  decided_by         text,                          -- who said that it shall fail over now
  decided_by_subject text,
  decided_because    text,
  decided_at         timestamptz,
  remove_at          timestamptz,                   -- from when what was replaced is removed, once it is stopped
  changed_at         timestamptz not null,
  next_run           timestamptz not null,
  lease_until        timestamptz,
  fence              bigint      not null default 0,
  primary key (stack, cloud)
);
create index failover_due on failover (next_run);
create index stack_part_replaced on stack_part (cloud) where goal = 'REPLACED';
