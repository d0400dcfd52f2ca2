-- Whether somebody has said who runs the clouds of this operator, or it stands in for an answer.
alter table cloud_operator add column known boolean not null default true;
