-- The federation: who runs which cloud, who may use it, and what was last seen there.
-- JSON that only the application reads whole is kept as text; what may be queried is jsonb.

create table cloud_operator (
  id         text primary key,
  name       text not null,
  seat       text,                        -- ISO 3166-1 alpha-2; null: not known
  exposed_to text                         -- JSON list of jurisdictions; null: not known
);

create table cloud (
  id                 text primary key,
  name               text        not null,
  operator           text        not null references cloud_operator,
  hue                smallint    not null check (hue between 1 and 8),
  enabled            boolean     not null default true,
  auth_url           text        not null,
  endpoint_interface text        not null,
  ca_certificates    text,                -- PEM
  facts              text        not null, -- JSON: base, regions, certifications
  import_digest      text,                -- of the entry it was last imported from; null: added by hand
  version            bigint      not null default 0,
  created_at         timestamptz not null default now()
);

create table tenant (
  name       text primary key,
  created_at timestamptz not null default now()
);

create table project (
  id         text primary key,            -- TENANT/NAME
  tenant     text        not null references tenant,
  name       text        not null,
  created_at timestamptz not null default now(),
  check (id = tenant || '/' || name)
);

-- A role in one project, or in all of a tenant's when project is null.
create table role_assignment (
  id             bigint primary key,
  tenant         text        not null references tenant,
  project        text        references project,
  role           text        not null check (role in ('READER', 'MEMBER', 'MANAGER', 'ADMIN', 'AUDITOR')),
  principal_kind text        not null check (principal_kind in ('SUBJECT', 'USER', 'ORGANIZATION')),
  principal      text        not null,
  created_at     timestamptz not null default now()
);
create sequence role_assignment_id start with 50 increment by 50;
create unique index on role_assignment (tenant, coalesce(project, ''), role, principal_kind, principal);
create index on role_assignment (principal_kind, principal);

create table cloud_access (
  project    text        not null references project,
  cloud      text        not null references cloud on delete cascade,
  regions    text        not null,        -- JSON list; empty: all of the catalog
  credential text        not null,        -- sealed, bound to project and cloud
  created_at timestamptz not null default now(),
  primary key (project, cloud)
);
create index on cloud_access (cloud);

-- Our aged copy of what a project finds in a cloud, and whose turn it is to look again.
create table cloud_look (
  project      text        not null,
  cloud        text        not null,
  inventory    jsonb,
  state        text        not null default 'UNKNOWN',
  since        timestamptz not null default now(),
  seen_at      timestamptz,
  reason       jsonb,
  next_look_at timestamptz not null default now(),
  lease_until  timestamptz,
  fence        bigint      not null default 0,
  primary key (project, cloud),
  foreign key (project, cloud) references cloud_access on delete cascade
);
create index on cloud_look (next_look_at);

create table equivalence (
  kind       text not null check (kind in ('FLAVOR', 'IMAGE', 'NETWORK', 'VOLUME_TYPE')),
  name       text not null,
  cloud      text not null references cloud on delete cascade,
  local_name text not null,
  primary key (kind, name, cloud)
);
