create index reports_uri on reports (uri);

create table versions (           -- the texts that stood at one address, one after the other
  report text primary key references reports (id) on delete cascade,
  uri text not null,
  number integer not null,        -- 1 is the first
  seen_at text not null,          -- ISO 8601, UTC
  since text,                     -- day from which it stands; null: its day of publication
  until text,                     -- day on which it was replaced or withdrawn; null while it stands
  unique (uri, number)
) without rowid;
create index versions_until on versions (until);

create table visits (             -- what was last known of an address that is watched
  uri text primary key,
  kind text not null,             -- feed, page or file
  etag text not null,
  modified text not null,
  state text not null,            -- '', missing (once answered 404), gone
  first_at text not null,
  checked_at text not null
) without rowid;

create table unweighed (          -- reports that came or went and whose bearing is not weighed yet
  report text primary key references reports (id) on delete cascade
) without rowid;

create table standings (          -- the verdict on each claim as last told
  place text primary key,         -- report@start-end
  report text not null references reports (id) on delete cascade,
  data text not null              -- JSON
) without rowid;
create index standings_report on standings (report);

create table bearings (           -- which reports a standing rests on
  report text not null references reports (id) on delete cascade,
  place text not null references standings (place) on delete cascade,
  primary key (report, place)
) without rowid;
create index bearings_place on bearings (place);

create table alerts (             -- what changed, in order
  n integer primary key,
  id text not null unique,
  report text not null references reports (id) on delete cascade,
  data text not null              -- JSON
);

create table sinks (              -- how far each receiver of alerts was served
  name text primary key,
  served integer not null         -- n of the last alert it got
) without rowid;
