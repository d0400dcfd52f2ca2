-- Policies that administrators keep: rules that hold for every stack of a tenant or of the
-- federation, and the federation's default.
create table standing_policy (
  scope      text        primary key,  -- federation, default, or tenants/NAME
  text       text        not null,
  version    bigint      not null,
  changed_at timestamptz not null,
  changed_by text        not null
);

-- Templates and policies that a project keeps, version by version.
create table saved_item (
  project    text    not null references project,
  kind       text    not null check (kind in ('TEMPLATE', 'POLICY')),
  name       text    not null,
  latest     int     not null,
  is_default boolean not null check (not is_default or kind = 'POLICY'),
  primary key (project, kind, name),
  -- Deferrable, so that one statement can move the default from one policy to another.
  exclude using btree (project with =) where (is_default) deferrable
);

create table saved_version (
  project     text        not null,
  kind        text        not null,
  name        text        not null,
  version     int         not null,
  description text        not null,
  text        text        not null,
  files       text        not null, -- JSON: name to text
  saved_at    timestamptz not null,
  saved_by    text        not null,
  primary key (project, kind, name, version),
  foreign key (project, kind, name) references saved_item on delete cascade deferrable initially deferred
);
