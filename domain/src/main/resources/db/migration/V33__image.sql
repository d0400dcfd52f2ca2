-- Images that projects keep. Their content is in a directory outside of the database, under the id.
create table image (
  id               uuid        primary key,
  project          text        not null references project,
  name             text        not null,
  description      text        not null,
  disk_format      text        not null, -- Glance's word
  min_disk_gib     bigint      not null,
  min_ram_mib      bigint      not null,
  properties       jsonb       not null,
  size             bigint      not null, -- bytes, as told before they are sent
  state            text        not null, -- UPLOADING, READY, REFUSED, DELETING
  trouble          jsonb,                -- why it was refused
  expected_sha256  text,
  expected_sha512  text,
  md5              text,
  sha256           text,
  sha512           text,
  remove_unused    boolean     not null,
  added_by         text        not null,
  added_at         timestamptz not null,
  touched_at       timestamptz not null, -- when bytes came last
  writer           text,                 -- who writes its content
  writer_until     timestamptz
);
create unique index image_name on image (project, name) where state <> 'DELETING';
create index image_unfinished on image (state) where state <> 'READY';

-- Where an image is, or is to come: one row for each OpenStack project (account) and region.
create table image_copy (
  id           uuid        primary key,
  image        uuid        not null references image on delete cascade,
  project      text        not null references project,
  cloud        text        not null,
  account      text        not null,
  region       text        not null,
  state        text        not null, -- WANTED, COPYING, VERIFYING, ACTIVE, FAILED, REMOVING, GONE
  mark         text        not null, -- what the image carries as isthmus_copy when it is ours
  glance_id    text,
  made         boolean     not null, -- by us; what was recognised is never deleted
  way          text,
  sent         bigint      not null,
  trouble      jsonb,
  trouble_code text,
  attempts     integer     not null,
  wasted       integer     not null default 0, -- how often its content was sent in vain since it was wanted
  next_try     timestamptz,          -- when something is to be done; null when nothing is
  created_at   timestamptz not null,
  changed_at   timestamptz not null,
  checked_at   timestamptz,          -- when the cloud told its digest last
  last_used    timestamptz not null,
  lease_until  timestamptz,
  fence        bigint      not null default 0,
  unique (image, cloud, account, region)
);
create index image_copy_due on image_copy (next_try) where next_try is not null;
create index image_copy_there on image_copy (cloud, account, region, glance_id);

-- Parts of stacks that need a copy.
create table image_want (
  copy       uuid    not null references image_copy on delete cascade,
  stack      uuid    not null,
  resource   text    not null,
  generation integer not null,
  primary key (copy, stack, resource, generation)
);
create index image_want_of_stack on image_want (stack);

-- The images of its project with which a stack was planned, by name. The version before does not write it.
alter table stack add column images jsonb not null default '{}';
