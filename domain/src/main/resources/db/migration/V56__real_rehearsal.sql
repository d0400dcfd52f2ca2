-- How far a rehearsal is that moves a stack and moves it back. Its report is the row of the same id in "rehearsal",
-- which says DRY for these, too, so that the version before reads it. Refers to nothing: it goes on whatever is
-- removed meanwhile.
create table rehearsal_run (
  rehearsal        uuid        primary key,
  stack            uuid        not null,
  cloud            text        not null,
  phase            text        not null check (phase in ('MOVING', 'AWAY', 'RETURNING', 'CLEARING', 'ENDED')),
  returns          text        not null check (returns in ('AT_ONCE', 'ASK')),
  outcome          text        check (outcome in ('RETURNED', 'FAILED', 'OVERTAKEN', 'CHANGED', 'ABANDONED')),
  why              jsonb       not null,
  asked_by         text        not null,
  asked_by_subject text        not null,
  back_by          text,                   -- who has it moved back
  back_by_subject  text,
  detection        text        not null,   -- for how long a cloud has to be silent by the policy, ISO 8601
  plan             uuid        not null,   -- by which it moved
  back_plan        uuid,                   -- by which it moves back
  clears           boolean     not null,   -- whether what was left behind is removed
  tries            integer     not null,   -- how often moving back has failed, or found no room
  servers          jsonb       not null,
  story            jsonb       not null,   -- each reason in turn, with its time
  started_at       timestamptz not null,
  moved_at         timestamptz,
  returning_at     timestamptz,
  returned_at      timestamptz,
  ended_at         timestamptz,
  next_run         timestamptz,            -- null when nothing is left to do
  lease_until      timestamptz,
  fence            bigint      not null default 0
);
create unique index rehearsal_run_open on rehearsal_run (stack) where phase <> 'ENDED';
create index rehearsal_run_due on rehearsal_run (next_run) where next_run is not null;
