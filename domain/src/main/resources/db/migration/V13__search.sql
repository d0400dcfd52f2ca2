-- What parts are reached by, beside the sealed attributes in which they are read. Addresses are no secret; a part's are
-- written with it.
create table part_address (
  stack      uuid    not null,
  resource   text    not null,
  cloud      text    not null,
  region     text    not null,
  generation integer not null,
  address    inet    not null, -- a subnet's has its prefix
  primary key (stack, resource, cloud, region, generation, address),
  foreign key (stack, resource, cloud, region, generation) references stack_part on delete cascade
);
create index part_address_text on part_address (host(address) text_pattern_ops);
create index part_address_prefix on part_address (address);

-- Ids are looked for by how they begin.
create index stack_part_physical_id on stack_part (physical_id text_pattern_ops) where physical_id is not null;
create index stack_id_text on stack ((id::text) text_pattern_ops);
