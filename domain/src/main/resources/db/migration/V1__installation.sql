-- One row: who this installation is, so that two that share a cloud can tell their resources apart.
create table installation (
  only_one   boolean primary key default true check (only_one),
  id         uuid        not null default gen_random_uuid(),
  created_at timestamptz not null default now()
);
insert into installation default values;
