-- Users are told of deals and received mails, too; the start page of what others did to own deals.

alter table notifications
  drop constraint notifications_check,
  add column deal_id uuid,
  add column message_id uuid,
  add constraint notifications_check check (
    num_nonnulls(contact_id, company_id, deal_id, activity_id, message_id, import_id, bulk_change_id) <= 1
  ),
  add foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade,
  add foreign key (tenant_id, message_id) references messages (tenant_id, id) on delete cascade;
create index notifications_deal on notifications (tenant_id, deal_id) where deal_id is not null;
create index notifications_message on notifications (tenant_id, message_id) where message_id is not null;

create index deals_own on deals (tenant_id, owner_id, updated_at desc, id desc)
  where owner_id is not null and deleted_at is null;
-- Open deals of one owner, those longest in their stage first.
create index deals_rotting on deals (tenant_id, owner_id, stage_since, id)
  where status = 'open' and owner_id is not null and deleted_at is null;
