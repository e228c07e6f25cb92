create table judgements (         -- a person's decisions: rows are added, never altered
  id text primary key,            -- digest of the rest
  subject text not null,
  by_name text not null,
  at text not null,               -- ISO 8601, UTC
  data text not null              -- JSON of the whole judgement
) without rowid;
create index judgements_subject on judgements (subject, at, id);
