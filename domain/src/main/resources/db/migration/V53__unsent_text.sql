-- What people have typed in the portal and not sent yet, so that another server has it when theirs has died: drafts of
-- stacks and texts of forms, sealed, for some hours.
create table unsent_text (
  person   text        not null,
  shelf    text        not null check (shelf in ('DRAFT', 'FORM')),
  name     text        not null,
  sealed   text        not null,
  weight   integer     not null,   -- characters of the text
  stamp    uuid        not null,   -- another after each change
  asked_at timestamptz not null,
  primary key (person, shelf, name)
);
create index unsent_text_asked on unsent_text (asked_at);
