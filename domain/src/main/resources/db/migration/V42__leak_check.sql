-- Comparisons of everything that carries our mark in clouds with what is known, and the reverse.
create table leak_check (
  id         uuid        primary key,
  state      text        not null check (state in ('RUNNING', 'DONE', 'REPAIRING', 'INTERRUPTED')),
  asked_by   text        not null,
  began_at   timestamptz not null,
  touched_at timestamptz not null, -- by the server that is at it; when that stops, another may begin
  ended_at   timestamptz,
  report     jsonb       not null  -- what was looked at, found and repaired
);
create index leak_check_newest on leak_check (began_at desc);
-- Clouds are asked by one at a time.
create unique index leak_check_one on leak_check ((true)) where state in ('RUNNING', 'REPAIRING');

create index stack_part_place on stack_part (cloud, region);

-- Marks of copies of images that were removed, so that what is found with one later is known to have been ours.
create table image_copy_gone (
  mark    text        primary key,
  md5     text,
  sha256  text,
  sha512  text,
  gone_at timestamptz not null default now()
);
