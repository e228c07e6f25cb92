create table documents (
  id text primary key,            -- SHA-256 of content
  uri text not null,
  media_type text not null,
  fetched_at text,
  content blob not null
) without rowid;

create table reports (
  id text primary key,
  document text not null references documents (id),
  outlet text not null,
  published text,
  title text not null,
  body text not null,
  sections text not null,         -- JSON: [{"role", "span"}]
  byline text not null,
  credit text not null,
  uri text not null,
  language text not null,
  stated text,
  reader text not null,
  notes text not null,            -- JSON: [text]
  text_key text not null          -- SHA-256 of the body, white space folded
) without rowid;
create index reports_text_key on reports (text_key);
create index reports_published on reports (published);

create table mentions (
  report text not null references reports (id) on delete cascade,
  n integer not null,
  statement text not null,
  kind text not null,
  certainty text not null,
  source_kind text not null,
  data text not null,             -- JSON of the whole mention
  primary key (report, n)
) without rowid;

create table extracted (
  report text primary key references reports (id) on delete cascade,
  method text not null
) without rowid;

create table postings (
  kind text not null,
  key integer not null,
  report text not null references reports (id) on delete cascade,
  primary key (kind, key, report)
) without rowid;
create index postings_report on postings (report);

create table reuse (
  a text not null,
  b text not null,
  kind text not null,
  share real not null,
  data text not null,             -- JSON of the whole reuse
  primary key (a, b)
) without rowid;

create table rejects (
  place text not null,
  stage text not null,
  reason text not null,
  primary key (place, stage, reason)
) without rowid;

create table runs (
  id integer primary key,
  command text not null,
  started_at text not null,
  data text not null              -- JSON: inputs, versions, counts
);

create table meta (
  key text primary key,
  value text not null
) without rowid;
