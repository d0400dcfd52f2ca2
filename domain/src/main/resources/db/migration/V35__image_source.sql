-- An image can be what stands at an address. It is read once, to know its size and its digests, and is not kept here;
-- meanwhile its state is UPLOADING, as the version before knows it.
alter table image add column source text;
alter table image add column read_bytes bigint not null default 0;
alter table image add column read_next timestamptz; -- when it is to be read; null when it is not
alter table image add column read_tries integer not null default 0;
create index image_read_due on image (read_next) where read_next is not null;

-- Until when a cloud that works on what it has got, or downloads it, is waited for.
alter table image_copy add column wait_until timestamptz;
-- Whether the cloud's own download came to nothing, so that the content is streamed to it.
alter table image_copy add column streamed boolean not null default false;
