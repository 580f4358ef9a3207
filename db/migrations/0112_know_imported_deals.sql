-- The identifier of a deal in the old system: a second import of the same file finds it.
alter table deals
  add column external_uid text not null default '';

create index deals_uid on deals (tenant_id, external_uid) where external_uid <> '';
