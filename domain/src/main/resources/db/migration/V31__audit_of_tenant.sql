-- What concerns a tenant, whichever of its projects, newest first.
create index audit_record_of_tenant on audit_record (split_part(project, '/', 1), at, position) where project is not null;
