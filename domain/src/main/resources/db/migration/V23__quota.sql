-- What the federation itself lets a tenant, or one of its projects, have in a part of it.
-- No version is ever given twice, so that one that was read never means another.
create sequence quota_version;

create table quota (
  tenant     text        not null,
  project    text        not null, -- empty: all of the tenant's
  extent     text        not null, -- all, cloud:ID, operator:ID or jurisdiction:CODE
  maxima     jsonb       not null, -- kind to amount, -1 without limit
  version    bigint      not null,
  changed_at timestamptz not null,
  changed_by text        not null,
  primary key (tenant, project, extent)
);
