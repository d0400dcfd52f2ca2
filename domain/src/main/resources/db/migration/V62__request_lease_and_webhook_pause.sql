-- Until when a request is held by the server that serves it, if its answer is written in the transaction in which it is served: then
-- another may take it over. A version before this one leaves it empty, and such a request is waited for as before.
alter table remembered_request add column served_until timestamptz;

-- Since when a webhook is paused; a version before this one does not say.
alter table webhook add column paused_at timestamptz;
