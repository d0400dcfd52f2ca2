-- The request that asked for a stack's present action; it goes along with the calls to clouds that are made for it.
alter table stack add column request_id text;
update stack set request_id = 'req-' || gen_random_uuid();
alter table stack alter column request_id set not null;

-- By whose request an event came about, and the cloud's own id of the answer that it tells of.
alter table stack_event add column request_id text, add column cloud_request_id text;
