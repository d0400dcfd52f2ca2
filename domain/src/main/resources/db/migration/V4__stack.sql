-- What projects want to exist, how far it has come, and the work that is due on it.
create table stack (
  id             uuid        primary key,
  tenant         text        not null,
  project        text        not null,
  name           text        not null,
  template       text        not null,
  files          jsonb       not null,
  parameters     text        not null, -- sealed: some are hidden
  computed       text        not null, -- sealed: random strings are passwords
  policy         text        not null,
  plan           uuid        not null,
  status         text        not null,
  reason         jsonb       not null,
  health         jsonb       not null,
  action_since   timestamptz not null,
  version        bigint      not null,
  last_event     bigint      not null,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  created_by     text        not null
);
create unique index stack_name on stack (tenant, project, name) where status <> 'DELETE_COMPLETE';
create index stack_newest on stack (tenant, project, created_at desc, id desc);

-- One row for each generation of each physical resource.
create table stack_part (
  stack             uuid        not null references stack on delete cascade,
  resource          text        not null,
  cloud             text        not null,
  region            text        not null,
  generation        integer     not null,
  type              text        not null,
  availability_zone text,
  resolutions       jsonb       not null,
  requires          jsonb       not null,
  deletion_policy   text        not null,
  goal              text        not null,
  status            text        not null,
  health            jsonb       not null,
  physical_id       text,
  cloud_status      text,
  attributes        text        not null, -- sealed: private keys may be in them
  properties        text,                 -- sealed: hidden parameters are in them
  trouble           jsonb,
  attempts          integer     not null,
  replacements      integer     not null,
  next_try          timestamptz,
  since             timestamptz not null,
  missing_since     timestamptz,
  updated_at        timestamptz not null,
  primary key (stack, resource, cloud, region, generation)
);

create table stack_event (
  stack       uuid        not null references stack on delete cascade,
  sequence    bigint      not null,
  at          timestamptz not null,
  resource    text,
  cloud       text,
  region      text,
  status      text        not null,
  physical_id text,
  phrase      jsonb       not null,
  primary key (stack, sequence)
);

-- The queue: whoever takes a stack holds it until a time, under a number that only grows.
create table stack_work (
  stack       uuid        primary key references stack on delete cascade,
  due         timestamptz,
  woken       boolean     not null default false,
  lease_owner text,
  lease_until timestamptz,
  fence       bigint      not null default 0
);
create index stack_work_due on stack_work (due) where due is not null;
