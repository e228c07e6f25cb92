create index reuse_b on reuse (b);
create index reports_language on reports (language, published);

create table kept (               -- what is worked out from the whole library, and for which state of it
  name text primary key,
  state text not null,
  value blob not null
) without rowid;
