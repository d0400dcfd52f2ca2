-- Plans for the update of a stack that is there.
alter table plan
  add column planned_update text, -- JSON: the stack, what becomes of each part and resource; null for a new stack
  add column addresses_of   uuid; -- the plan under which the stack took its first addresses; null: this one
