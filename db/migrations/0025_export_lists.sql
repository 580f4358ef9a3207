-- Exports of a list or of ticked records: what was taken out, without the words it was found by.

alter table exports
  add column extent text not null default 'all' check (extent in ('all', 'list', 'selection'));
