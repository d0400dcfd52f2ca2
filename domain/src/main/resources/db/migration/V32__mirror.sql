-- The mirror: what the OpenStack projects that accesses lead into have in each region, one list for each kind.

-- Which regions have a service at all, drawn out of what a look told, so that lists come and go without reading
-- inventories; and whether the access was changed since, so that what it may see has to be told anew.
alter table cloud_look
  add column compute_regions jsonb generated always as
    (jsonb_path_query_array(inventory, '$.regions[*] ? (@.services[*].type == "compute").region')) stored,
  add column volume_regions jsonb generated always as
    (jsonb_path_query_array(inventory, '$.regions[*] ? (@.services[*].type == "block-storage").region')) stored,
  add column network_regions jsonb generated always as
    (jsonb_path_query_array(inventory, '$.regions[*] ? (@.services[*].type == "network").region')) stored,
  add column leads_anew boolean not null default false;

-- Whose accesses lead into which account, region by region and kind by kind: nobody sees more of the mirror than this.
create view mirror_reach as
  select look.project, look.cloud, look.account, region.name as region, kind.name as kind, look.state, look.seen_at
  from cloud_look as look
  cross join lateral (values
    ('SERVER', look.compute_regions), ('VOLUME', look.volume_regions), ('NETWORK', look.network_regions),
    ('PORT', look.network_regions), ('FLOATING_IP', look.network_regions), ('SECURITY_GROUP', look.network_regions)
  ) as kind (name, regions)
  cross join lateral jsonb_array_elements_text(kind.regions) as region (name)
  where look.account is not null and not look.leads_anew;

create table mirror_list (
  id          bigint      generated always as identity primary key,
  cloud       text        not null, -- no reference: what is left of one that is removed goes piece by piece
  account     text        not null, -- OpenStack project, as the cloud's Keystone names it
  region      text        not null,
  kind        text        not null check (kind in
    ('SERVER', 'VOLUME', 'NETWORK', 'PORT', 'FLOATING_IP', 'SECURITY_GROUP')),
  kept        text        not null default 'NAMES' check (kept in ('WHOLE', 'NAMES')),
  count       integer     not null default 0,
  strays      integer     not null default 0, -- at the last whole reading
  off_by      integer     not null default 0, -- by how much the cloud's own count differs for good
  read_at     timestamptz, -- until when it is known to be true
  whole_at    timestamptz, -- when it was last read whole
  changed_at  timestamptz, -- when something of it was last written
  bookmark    text,        -- the driver's, where the next reading goes on; null: it is read whole
  problem     jsonb,       -- why the last reading failed; null: it did not
  failures    integer     not null default 0, -- in a row
  next_at     timestamptz not null default now(),
  lease_until timestamptz,
  fence       bigint      not null default 0,
  unique (cloud, account, region, kind)
) with (fillfactor = 50); -- each row is written at each reading, and no index but the key's names what changes

create table mirror_item (
  list       bigint      not null references mirror_list on delete cascade,
  id         text        not null,
  name       text        not null,
  name_key   text        collate "C" not null generated always as (lower(left(name, 255))) stored,
  status     text,
  created    timestamptz,
  updated    timestamptz,
  addresses  inet[]      not null default '{}',
  mark       text,
  stack      uuid,       -- the mark's, with what follows
  resource   text,
  generation integer,
  details    jsonb,      -- null where only names are kept
  digest     bytea       not null, -- of all that was told, so that what is the same is not written
  primary key (list, id)
);
create index mirror_item_by_name on mirror_item (list, name_key, id);
create index mirror_item_by_status on mirror_item (list, status, name_key, id) where status is not null;
create index mirror_item_by_age on mirror_item (list, (coalesce(created, '-infinity'::timestamptz)), id);
create index mirror_item_ours on mirror_item (list, name_key, id) where mark is not null;
create index mirror_item_others on mirror_item (list, name_key, id) where mark is null;
create index mirror_item_id on mirror_item (id text_pattern_ops);
create index mirror_item_stack on mirror_item (stack) where stack is not null;

-- What items are reached by, looked for by prefix and by how they begin.
create table mirror_address (
  list    bigint not null,
  item    text   not null,
  address inet   not null,
  primary key (list, item, address),
  foreign key (list, item) references mirror_item on delete cascade
);
create index mirror_address_text on mirror_address (list, host(address) text_pattern_ops);
create index mirror_address_prefix on mirror_address (list, address);

-- Until when, by the clouds' word, a stack has been or is to be looked at: not more often than every few seconds.
alter table stack_work add column moved_at timestamptz;

do $$
begin
  if exists (select from pg_extension where extname = 'pg_trgm') then
    create index mirror_item_name_trigrams on mirror_item using gin (name_key gin_trgm_ops);
  end if;
end
$$;
