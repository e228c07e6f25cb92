create table told_days (          -- the days that the mentions of a report are told of, looked up by what they meet
  reach integer not null,         -- the least power of 4 that first and last lie less apart than, in days
  first text not null,            -- ISO 8601
  last text not null,
  report text not null references reports (id) on delete cascade,
  primary key (reach, first, last, report)
) without rowid;
create index told_days_report on told_days (report);
insert into told_days
  with told as (
    select distinct report, json_extract(data, '$.slots.time[0]') as first, json_extract(data, '$.slots.time[1]') as last
    from mentions
  )
  select (select min(reach) from (
      select 1 as reach union all select 4 union all select 16 union all select 64 union all select 256
      union all select 1024 union all select 4096 union all select 4194304
    ) where julianday(last) - julianday(first) < reach), first, last, report
  from told where first is not null;
create index reports_stated on reports (stated);
create trigger reports_come after insert on reports begin delete from meta where key = 'state'; end;
create trigger reports_go after delete on reports begin delete from meta where key = 'state'; end;
create trigger reports_change after update of id, document on reports begin delete from meta where key = 'state'; end;
