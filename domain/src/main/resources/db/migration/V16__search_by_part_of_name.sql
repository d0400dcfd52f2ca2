-- Parts of names are found by their trigrams, where the server has them (PostgreSQL's contrib; an extension that is trusted
-- since 13). Without them the same search reads all names of the projects.
do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_trgm') then
    create extension if not exists pg_trgm;
    create index stack_part_resource_trigrams on stack_part using gin (lower(resource) gin_trgm_ops);
    create index stack_name_trigrams on stack using gin (lower(name) gin_trgm_ops);
  end if;
exception when insufficient_privilege then
  raise notice 'pg_trgm is not created: a superuser has to, or grant CREATE on the database';
end
$$;
