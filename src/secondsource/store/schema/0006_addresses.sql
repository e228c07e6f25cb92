alter table tombstones add column address text not null default '';
-- SHA-256 of the web address it was read from, '' when it had none: an edited page is not taken again unasked
create index tombstones_address on tombstones (address);
