-- What was known of a stack when it was abandoned, sealed; what carries its mark is left alone for ever.
alter table stack add column abandonment text;
