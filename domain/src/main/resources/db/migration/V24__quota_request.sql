-- What a project's people ask for beyond what they may have.
create table quota_request (
  id         uuid        primary key,
  tenant     text        not null,
  project    text        not null,
  whose      text        not null, -- PROJECT, or TENANT for the quota of all its projects
  extent     text        not null, -- all, cloud:ID, operator:ID or jurisdiction:CODE
  wanted     jsonb       not null, -- kind to amount, -1 without limit
  reason     text        not null,
  asked_by   text        not null,
  asked_at   timestamptz not null,
  state      text        not null,
  decided_by text,
  decided_at timestamptz,
  answer     text,
  granted    jsonb
);
create unique index quota_request_open on quota_request (tenant, project, whose, extent) where state = 'OPEN';
create index on quota_request (tenant, project, asked_at);
create index on quota_request (asked_at);
