-- The newest of one status, found without going through all others of a list.
create index mirror_item_by_status_and_age on mirror_item (list, status, created_key, id) where status is not null;
