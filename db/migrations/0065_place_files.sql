-- Where stored files lie: in the folder of the one machine, or in a bucket that several share.

create table file_places (
  only_row boolean primary key default true check (only_row),
  place text not null check (place in ('folder', 'bucket')),
  -- Null while some still lie in the other place.
  settled_at timestamptz,
  changed_at timestamptz not null,
  -- What the daily look found of old versions in the bucket that no deletion took away.
  surplus int not null default 0,
  error_code text,
  looked_at timestamptz
);
select replicate('file_places');
