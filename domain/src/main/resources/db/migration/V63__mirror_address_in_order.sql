-- Addresses carry what items are ordered by, so that a page of those in a network is found without going through all
-- items in order: names and addresses often go together, and what has one of them may be behind all others.
alter table mirror_address
  add column name_key text collate "C",
  add column created_key timestamptz;

update mirror_address as has set name_key = item.name_key, created_key = item.created_key
from mirror_item as item where item.list = has.list and item.id = has.item;

create function mirror_address_keys() returns trigger language plpgsql as $$
begin
  select item.name_key, item.created_key into new.name_key, new.created_key
  from mirror_item as item where item.list = new.list and item.id = new.item;
  return new;
end
$$;
create trigger mirror_address_keys before insert on mirror_address
  for each row execute function mirror_address_keys();

create function mirror_item_keys() returns trigger language plpgsql as $$
begin
  update mirror_address set name_key = new.name_key, created_key = new.created_key
  where list = new.list and item = new.id;
  return null;
end
$$;
create trigger mirror_item_keys after update on mirror_item
  for each row when (old.name_key <> new.name_key or old.created_key <> new.created_key)
  execute function mirror_item_keys();

-- Both answer without the row; the expression alone would not.
drop index mirror_address_prefix;
create index mirror_address_prefix on mirror_address (list, address) include (item, name_key, created_key);
drop index mirror_address_text;
create index mirror_address_text on mirror_address (list, host(address) text_pattern_ops)
  include (address, item, name_key, created_key);
