-- Public keys that projects keep. There is no private key in it.
create table key_pair (
  project    text        not null references project,
  name       text        not null,
  public_key text        not null, -- as OpenSSH writes it on one line
  added_by   text        not null,
  added_at   timestamptz not null,
  primary key (project, name)
);

-- The key pairs of its project with which a stack was planned: name to public key. The version before does not write it.
alter table stack add column key_pairs jsonb not null default '{}';
