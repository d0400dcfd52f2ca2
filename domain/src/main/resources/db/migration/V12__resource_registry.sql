-- What a stack's environment maps type names to: name to type or template file. The version before does not write it.
alter table stack add column registry jsonb not null default '{}';
