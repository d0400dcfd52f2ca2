-- Stacks that a drain has moved and that move back, since it was taken back and somebody has asked for it.
create table drain_return (
  drain            uuid        not null references drain on delete cascade,
  stack            uuid        not null,
  tenant           text        not null,
  project          text        not null,
  name             text        not null,
  homes            jsonb       not null, -- where its servers stood, by path
  state            text        not null check (state in ('WAITING', 'MOVING', 'BACK', 'HELD', 'FAILED', 'AT_WORK', 'GONE')),
  plan             uuid,
  why              jsonb,
  held             jsonb       not null,
  tries            integer     not null,
  asked_by         text        not null,
  asked_by_subject text        not null,
  changed_at       timestamptz not null,
  next_run         timestamptz,          -- null when nothing is left to do
  lease_until      timestamptz,
  fence            bigint      not null default 0,
  primary key (drain, stack)
);
create index drain_return_due on drain_return (next_run) where next_run is not null;
