-- Kept plans. JSON that only the application reads whole is kept as text.
create table plan (
  id               uuid primary key,
  project          text        not null references project,
  name             text        not null,
  template         text        not null, -- JSON: text, files
  parameters       text        not null, -- JSON, sealed, bound to the plan
  shown_parameters text        not null, -- JSON, hidden ones masked
  policy           text        not null,
  placement        text        not null, -- JSON
  fingerprint      text        not null,
  created_at       timestamptz not null,
  expires_at       timestamptz not null,
  created_by       text        not null,
  accepted_at      timestamptz
);
create index on plan (project, created_at desc);
create index on plan (expires_at) where accepted_at is null;

-- Which addresses each accepted plan uses. Within a project none overlap.
create table address_allocation (
  project text not null references project,
  owner   uuid not null,                -- the plan
  subnet  text not null,
  prefix  cidr not null,
  primary key (project, prefix)
);
create index on address_allocation (owner);
