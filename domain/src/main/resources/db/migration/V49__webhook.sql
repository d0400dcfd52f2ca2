-- What changed beside the stories of stacks, for who is told of it by webhooks: written with the change itself. The
-- stories are in stack_event already, numbered by project. A stream is a project, or 'federation'.
create table state_stream (
  stream text   primary key,
  last   bigint not null
);
create table state_change (
  stream     text        not null,
  position   bigint      not null,
  id         uuid        not null default gen_random_uuid(),
  kind       text        not null check (kind in ('STACK_HEALTH', 'CLOUD_HEALTH')),
  project    text        not null,
  stack      uuid,
  stack_name text,
  cloud      text,
  before     text        not null,
  after      text        not null,
  reasons    jsonb       not null,
  at         timestamptz not null,
  primary key (stream, position)
);
create index state_change_at on state_change (at);

-- Who is told. No project: the federation's administrators. Address and secrets are sealed.
create table webhook (
  id              uuid        primary key,
  project         text        references project,
  address         text        not null,
  kinds           text        not null,   -- separated by commas
  secret          text        not null,
  former_secret   text,                   -- signs too, until then
  former_until    timestamptz,
  status          text        not null check (status in ('ACTIVE', 'PAUSED')),
  paused_because  jsonb,
  created_by      text        not null,
  created_at      timestamptz not null,
  event_position  bigint      not null,   -- up to where its project's story is in its queue
  change_position bigint      not null,   -- and its stream's changes
  last_number     bigint      not null default 0,
  given_up        integer     not null default 0, -- messages given up one after another
  next_run        timestamptz,            -- when its queue is gone on with; null when it is empty
  lease_until     timestamptz,
  fence           bigint      not null default 0
);
create index webhook_project on webhook (project);

-- The queue and the log of each: a body is what it is from when it is queued, however often it is sent.
create table webhook_delivery (
  webhook   uuid        not null references webhook on delete cascade,
  number    bigint      not null,
  message   text        not null,
  type      text        not null,
  body      text        not null,
  state     text        not null check (state in ('WAITING', 'FAILING', 'DELIVERED', 'GIVEN_UP')),
  by_hand   boolean     not null default false,
  tries     integer     not null default 0,
  queued_at timestamptz not null,
  first_try timestamptz,
  last_try  timestamptz,
  next_try  timestamptz not null,
  status    integer,
  took_ms   bigint,
  answer    text,
  trouble   jsonb,
  primary key (webhook, number),
  unique (webhook, message)
);
create index webhook_delivery_open on webhook_delivery (webhook, number) where state in ('WAITING', 'FAILING');
