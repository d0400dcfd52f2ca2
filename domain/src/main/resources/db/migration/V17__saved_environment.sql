-- The environment that goes with a saved template.
alter table saved_version add column environment text not null default '';
