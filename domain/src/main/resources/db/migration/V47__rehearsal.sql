-- What the loss of a cloud was found to do to a stack when somebody asked. Stays when the stack is deleted.
create table rehearsal (
  id         uuid        primary key,
  stack      uuid        not null,
  tenant     text        not null,
  project    text        not null,
  name       text        not null, -- of the stack
  cloud      text        not null,
  mode       text        not null check (mode in ('DRY')),
  asked_by   text        not null,
  asked_at   timestamptz not null,
  report     jsonb       not null
);
create index rehearsal_of_stack on rehearsal (stack, asked_at desc, id);
