-- Load balancers that are wished for count against quotas, those of stacks that were accepted before as well.
update stack_part set counts = counts || '{"load_balancers": 1}' where type = 'OS::Octavia::LoadBalancer';

-- What is told at the bell and is no stack's event, cloud's change or credential's end: of requests for larger quotas,
-- and of whatever else there will be.
create table told_notice (
  id       bigint      generated always as identity primary key,
  project  text        not null, -- whose matter it is
  audience text        not null check (audience in ('PROJECT', 'FEDERATION')), -- who is told: its people, or administrators
  kind     text        not null,
  subject  text        not null, -- what it is about: quota-request:ID, or budget for the project's
  phrase   jsonb       not null,
  at       timestamptz not null
);
create index on told_notice (project, at desc) where audience = 'PROJECT';
create index on told_notice (at desc) where audience = 'FEDERATION';
