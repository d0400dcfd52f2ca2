-- What a project may spend in a month of the calendar, in UTC.
create sequence budget_version;
create table budget (
  tenant     text        not null,
  project    text        not null,
  amount     numeric     not null check (amount > 0),
  currency   text        not null,
  warn_at    integer[]   not null, -- per cent of the amount
  hard_stop  boolean     not null, -- whether nothing new may be begun above it
  version    bigint      not null,
  changed_at timestamptz not null,
  changed_by text        not null,
  primary key (tenant, project)
);

-- Which warnings were given in which month, so that each is given once.
create table budget_warning (
  tenant     text        not null,
  project    text        not null,
  month      date        not null, -- its first day
  percent    integer     not null,
  version    bigint      not null, -- of the budget
  given_at   timestamptz not null,
  primary key (tenant, project, month, percent, version)
);
