-- One change that is made to many stacks, all at once or in waves.
create table campaign (
  id          uuid        primary key,
  name        text        not null,
  reason      text        not null,
  federation  boolean     not null,      -- over all tenants
  projects    text[]      not null,      -- TENANT/PROJECT; empty for the federation's
  names       text[]      not null,      -- patterns; empty for all
  clouds      text[]      not null,      -- empty for all
  change      text        not null,      -- sealed: a parameter's value may be secret
  secret      boolean     not null,      -- whether a template hides the parameter
  pace        jsonb       not null,
  status      text        not null check (status in ('PREVIEWING', 'READY', 'SCHEDULED', 'RUNNING', 'WAITING',
    'PAUSED', 'HALTED', 'COMPLETE', 'ENDED', 'TAKING_BACK', 'TAKEN_BACK')),
  why         jsonb,                     -- what keeps it
  wave        integer     not null,      -- the last one of which stacks are begun
  rests_until timestamptz,               -- before the next wave
  forgiven    integer     not null,      -- failures after which a person let it go on
  author      jsonb       not null,      -- in whose name it is carried on
  created_by  text        not null,
  created_at  timestamptz not null,
  started_at  timestamptz,
  ended_at    timestamptz,
  next_run    timestamptz,               -- when it is looked at again; null when nothing is left to do
  lease_until timestamptz,
  fence       bigint      not null default 0
);
create index campaign_due on campaign (next_run) where next_run is not null;
create index campaign_newest on campaign (created_at desc, id desc);

-- What would become, becomes and has become of each stack. Stays when the stack is deleted, for the report.
create table campaign_stack (
  campaign   uuid        not null references campaign on delete cascade,
  stack      uuid        not null,
  tenant     text        not null,
  project    text        not null,
  name       text        not null,
  place      integer     not null,       -- order in which they were found
  wave       integer     not null,       -- 0 for the first ones, which are tried before all others
  state      text        not null check (state in ('UNSEEN', 'UNCONCERNED', 'REFUSED', 'WAITING', 'AT_WORK', 'UPDATING',
    'WATCHED', 'DONE', 'UNHEALTHY', 'FAILED', 'SKIPPED', 'OVERTAKEN', 'GONE', 'GOES_BACK', 'GOING_BACK', 'TAKEN_BACK',
    'KEPT')),
  digest     text,                       -- of the template and policy that were previewed
  shape      text,                       -- digest of what the preview said becomes of each resource
  preview    jsonb,
  before     uuid,                       -- plan that the stack had when it was begun
  plan       uuid,                       -- by which it is or was changed
  healthy    boolean     not null,       -- whether it was when it was begun
  why        jsonb,
  next_try   timestamptz,
  begun_at   timestamptz,
  ended_at   timestamptz,
  changed_at timestamptz not null,
  primary key (campaign, stack)
);
create unique index campaign_stack_order on campaign_stack (campaign, wave, place);
