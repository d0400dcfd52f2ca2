-- Most looks show what the one before showed: then only when that was is written. Servers of the version before know
-- neither column: what they write has no digest, and tells in itself when it was taken.
alter table cloud_look
  add column inventory_digest text generated always as (inventory ->> 'digest') stored,
  add column taken_at timestamptz,
  -- Whether a person or a change wants all asked anew, also what seldom changes.
  add column afresh boolean not null default true;
