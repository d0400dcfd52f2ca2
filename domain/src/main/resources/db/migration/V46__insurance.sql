-- What would become of each stack if a cloud vanished, counted again and again.
create table insurance (
  cloud       text        primary key references cloud on delete cascade,
  round       bigint      not null default 0, -- the last count that was begun
  began_at    timestamptz,                    -- of that count
  counted_at  timestamptz,                    -- end of the last count that came to its end
  took_ms     bigint,                         -- that count, from its beginning to its end
  seen        numeric,                        -- digest of what stacks had there when the count began
  next_run    timestamptz not null,
  soonest     timestamptz not null,           -- when it may be counted again because something changed
  lease_until timestamptz,
  fence       bigint      not null default 0
);
create index insurance_due on insurance (next_run);

-- What the count came to for a stack. Rows of a round before stay until the round after has come to its end.
create table insurance_stack (
  cloud      text        not null references insurance on delete cascade,
  stack      uuid        not null,
  plan       uuid        not null, -- by which the stack stood; another by now: it has changed since
  round      bigint      not null,
  counted_at timestamptz not null,
  moves      integer     not null,
  movable    integer     not null,
  stays_down integer     not null,
  no_place   integer     not null,
  unknown    integer     not null, -- parts of a stack that could not be planned
  problem    jsonb,                -- why it could not
  resources  jsonb       not null, -- resource by resource, as far as kept
  primary key (cloud, stack)
);
create index insurance_stack_of on insurance_stack (stack);
