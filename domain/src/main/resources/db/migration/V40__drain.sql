-- That a cloud, region or zone is emptied. While a drain is not taken back nothing new is placed there.
create table drain (
  id                 uuid        primary key,
  cloud              text        not null,
  region             text,
  availability_zone  text,
  reason             text        not null,
  at_once            integer     not null,
  with_data          boolean     not null,
  status             text        not null check (status in ('RUNNING', 'PAUSED', 'COMPLETE', 'TAKEN_BACK')),
  started_by         text        not null,
  started_by_subject text        not null,
  started_at         timestamptz not null,
  ended_at           timestamptz,
  next_run           timestamptz,          -- when it is looked at again; null when nothing is left to do
  lease_until        timestamptz,
  fence              bigint      not null default 0
);
create index drain_due on drain (next_run) where next_run is not null;
create index drain_closing on drain (cloud) where status <> 'TAKEN_BACK';

-- How far each stack has left it. Stays when the stack is deleted, for the story.
create table drain_stack (
  drain      uuid        not null references drain on delete cascade,
  stack      uuid        not null,
  tenant     text        not null,
  project    text        not null,
  name       text        not null,
  state      text        not null
    check (state in ('WAITING', 'AT_WORK', 'MOVING', 'MOVED', 'HELD', 'FAILED', 'GONE')),
  parts      integer     not null,
  moved      integer     not null,
  plan       uuid,
  why        jsonb,
  held       jsonb       not null,
  tries      integer     not null,
  next_try   timestamptz,
  changed_at timestamptz not null,
  primary key (drain, stack)
);
