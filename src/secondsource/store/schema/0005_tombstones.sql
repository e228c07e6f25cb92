create table tombstones (         -- reports that were forgotten; nothing of their text
  report text not null,
  sha256 text not null,           -- of the document: the same bytes are not taken again unasked
  day text not null,
  reason text not null,
  primary key (sha256, report)
) without rowid;
