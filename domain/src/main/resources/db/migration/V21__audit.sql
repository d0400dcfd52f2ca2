-- What was asked for and done, in the transaction that did it; waits here for its place in the log.
create table audit_pending (
  id     bigint generated always as identity primary key,
  record text   not null
);

-- The log. The record is the text that was hashed; the columns beside it are read from it, to search by. What retention
-- takes leaves its hash in the seal.
create table audit_record (
  position bigint      primary key,
  record   text        not null,
  at       timestamptz not null,
  actor    text,
  name     text,
  project  text,
  face     text        not null,
  action   text        not null,
  target   text        not null,
  target_id text       not null,
  cloud    text,
  outcome  text        not null,
  request  text        not null
);
-- Lists are newest first.
create index on audit_record (at, position);
create index on audit_record (project, at, position);
create index on audit_record (name, at, position);
create index on audit_record (cloud, at, position) where cloud is not null;
create index on audit_record (outcome, at, position) where outcome <> 'success';
create index on audit_record (target_id text_pattern_ops);
create index on audit_record (action text_pattern_ops, at, position);
create index on audit_record (target, at, position);
create index on audit_record (request);

-- Each closes a segment of the log; "leaves" are its records' hashes, 32 bytes each.
create table audit_seal (
  number    bigint      primary key,
  first     bigint      not null unique,
  size      bigint      not null unique,
  kept      bigint      not null,
  root      bytea       not null,
  previous  bytea       not null,
  at        timestamptz not null,
  key       text        not null,
  signature bytea       not null,
  leaves    bytea       not null
);

-- Hashes of complete subtrees of the Merkle tree, of every eighth level.
create table audit_node (
  level smallint not null,
  index bigint   not null,
  hash  bytea    not null,
  primary key (level, index)
);

-- One row: how large the tree is, its largest complete subtrees, 32 bytes each, and from which position on the rule of
-- retention keeps texts. Who seals locks it.
create table audit_head (
  id       boolean primary key default true check (id),
  size     bigint  not null,
  subtrees bytea   not null,
  kept     bigint  not null
);
insert into audit_head (size, subtrees, kept) values (0, '', 0);

-- The newest signs; the others are kept so that what they signed can be checked.
create table audit_key (
  id          text        primary key,
  public_key  text        not null,
  private_key text        not null, -- sealed
  created_at  timestamptz not null
);
