-- The name that something had when its stack took it over, and keeps. A version before this one leaves the column alone, and keeps
-- the name beside what clouds chose, from where it is taken.
alter table stack_part add column came_as text;

update stack_part as part set came_as = choice.chosen ->> 'isthmus:came-as'
  from part_choice as choice
  where choice.stack = part.stack and choice.resource = part.resource and choice.cloud = part.cloud
    and choice.region = part.region and choice.generation = part.generation
    and choice.chosen ? 'isthmus:came-as';
