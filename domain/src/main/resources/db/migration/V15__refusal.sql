-- Places that were tried for a resource of a stack, and what the cloud said there.
create table stack_refusal (
  stack             uuid        not null references stack on delete cascade,
  resource          text        not null,
  cloud             text        not null,
  region            text        not null,
  availability_zone text        not null, -- empty when the region refused
  code              text        not null,
  reason            jsonb       not null,
  at                timestamptz not null,
  primary key (stack, resource, cloud, region, availability_zone, at)
);
