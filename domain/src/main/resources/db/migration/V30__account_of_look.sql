-- The OpenStack project that an access leads into: projects that share one share its quotas, and what
-- is reserved of them. Null until a look has told it.
alter table cloud_look add column account text generated always as (inventory ->> 'account') stored;
create index cloud_look_of_account on cloud_look (cloud, account) where account is not null;
