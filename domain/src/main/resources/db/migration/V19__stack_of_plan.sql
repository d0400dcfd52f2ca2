-- A plan leads to the stack that it became.
create index stack_plan on stack (plan);
