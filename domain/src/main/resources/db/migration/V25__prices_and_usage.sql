-- What of a resource is paid for by time; null for what has no price of its own.
alter table stack_part add column measure jsonb;

-- What each cloud asks. Nothing is ever valid twice at one moment.
create table price_book (
  cloud      text        primary key,
  version    bigint      not null,
  changed_at timestamptz not null,
  changed_by text        not null
);
create sequence price_book_version;

create table price (
  cloud      text        not null references price_book on delete cascade,
  kind       text        not null,
  name       text        not null, -- of the flavor or volume type; empty: of any, or there is but one
  amount     numeric     not null check (amount >= 0),
  currency   text        not null,
  valid_from timestamptz not null,
  valid_to   timestamptz,          -- null: until further notice
  check (valid_to is null or valid_to > valid_from),
  primary key (cloud, kind, name, valid_from)
);

-- Prices that facts held until now begin with the cloud.
insert into price_book (cloud, version, changed_at, changed_by)
  select id, nextval('price_book_version'), now(), 'isthmus' from cloud
  where facts::jsonb -> 'prices' ->> 'currency' is not null;
insert into price (cloud, kind, name, amount, currency, valid_from)
  select c.id, 'FLAVOR_HOUR', hour.key, hour.value::numeric, c.facts::jsonb -> 'prices' ->> 'currency', c.created_at
  from cloud c, jsonb_each_text(c.facts::jsonb -> 'prices' -> 'flavor_hour') hour
  where c.facts::jsonb -> 'prices' ->> 'currency' is not null and btrim(hour.key) <> '' and length(hour.key) <= 255;
insert into price (cloud, kind, name, amount, currency, valid_from)
  select id, 'VOLUME_GIB_MONTH', '', (facts::jsonb -> 'prices' ->> 'volume_gib_month')::numeric,
    facts::jsonb -> 'prices' ->> 'currency', created_at
  from cloud
  where facts::jsonb -> 'prices' ->> 'currency' is not null and facts::jsonb -> 'prices' ->> 'volume_gib_month' is not null;

-- What a unit of another currency is worth in euro, from a day on.
create table exchange_rate (
  currency   text        not null,
  since      date        not null,
  per_euro   numeric     not null check (per_euro > 0), -- how many for one euro
  primary key (currency, since)
);

-- What existed, from when to when, as clouds showed it. Kept when stack and cloud are gone.
create table usage_interval (
  tenant     text        not null,
  project    text        not null,
  stack      uuid        not null,
  stack_name text        not null,
  resource   text        not null,
  cloud      text        not null,
  region     text        not null,
  generation integer     not null,
  kind       text        not null,
  name       text        not null,
  amount     bigint      not null check (amount > 0),
  started_at timestamptz not null,
  ended_at   timestamptz,          -- null: it exists
  check (ended_at is null or ended_at >= started_at),
  primary key (stack, resource, cloud, region, generation, started_at)
);
create unique index usage_interval_open on usage_interval (stack, resource, cloud, region, generation)
  where ended_at is null;
create index usage_interval_of_project on usage_interval (tenant, project, started_at);
create index usage_interval_started on usage_interval (started_at);
create index usage_interval_ended on usage_interval (tenant, project, ended_at);
