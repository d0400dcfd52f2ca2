-- Less work for a mirror at rest: what a cloud counts of changes to each thing, and what a driver remembers of the answers
-- that a list is from; null when something of it was written since, so that nothing is taken for the same that is not.
alter table mirror_list
  add column seen text,
  add column took integer not null default 0; -- milliseconds of its last reading, so that slow clouds are known

-- A column of its own, since no index on an expression answers without the row.
alter table mirror_item
  add column revision bigint,
  add column created_key timestamptz not null generated always as (coalesce(created, '-infinity'::timestamptz)) stored;
drop index mirror_item_by_age;
create index mirror_item_by_age on mirror_item (list, created_key, id);

-- Since when what carried a stack's mark is gone, as the mirror was told, for those who meter it; for a week.
create table mirror_gone (
  stack       uuid        not null,
  cloud       text        not null,
  region      text        not null,
  physical_id text        not null,
  gone_at     timestamptz not null,
  noted_at    timestamptz not null default now(),
  primary key (stack, cloud, region, physical_id)
);
create index mirror_gone_noted on mirror_gone (noted_at);
create index mirror_gone_thing on mirror_gone (cloud, region, physical_id);
