-- What happened to a project's access to a cloud. Of stacks their own events tell, of credentials the last look.
create table cloud_notice (
  id      bigint      generated always as identity primary key,
  project text        not null references project,
  cloud   text        not null,
  kind    text        not null check (kind in ('CLOUD_DARK', 'CLOUD_BACK')),
  phrase  jsonb       not null,
  at      timestamptz not null
);
create index on cloud_notice (project, at desc);

-- How far each reader has seen a project's notices.
create table notice_seen (
  project text        not null references project,
  reader  text        not null, -- the identity provider's id of the person
  until   timestamptz not null,
  primary key (project, reader)
);

-- The ends of a project's stacks, newest first.
create index stack_event_outcome on stack_event (tenant, project, at desc)
  where resource is null and status in ('CREATE_COMPLETE', 'CREATE_FAILED', 'DELETE_COMPLETE', 'DELETE_FAILED');
