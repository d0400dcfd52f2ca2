-- Rules that hold for every stack of a tenant or of the federation.
create table standing_policy (
  scope      text        primary key,  -- federation, or tenants/NAME
  text       text        not null,
  version    bigint      not null,
  changed_at timestamptz not null,
  changed_by text        not null
);
