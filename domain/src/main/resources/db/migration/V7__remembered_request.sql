-- Requests that a caller named by a key, and what was answered, so that asking again does not do it again.
create table remembered_request (
  caller      text        not null,
  key         text        not null,
  fingerprint text        not null,
  attempt     uuid        not null,
  expires_at  timestamptz not null,
  status      integer,              -- none while it is being served
  headers     jsonb,
  body        bytea,
  primary key (caller, key)
);
create index remembered_request_expiry on remembered_request (expires_at);
