/** The personal-data map of users' notifications, and of how users want to be notified. */
import { table, tenantContent } from "./columns.ts";

export const notifications = {
  // Identifiers only: what is shown of a record is read from it when the page is made.
  "public.notifications": table(
    tenantContent("user", "notification", "job:remove_notifications"),
    {
      reference:
        `tenant_id id user_id contact_id company_id deal_id activity_id message_id import_id
        bulk_change_id`,
      classification: "kind record_kind count",
      trace: "actor_id created_at read_at",
      technical: "in_app mail_due",
    },
  ),

  "public.notification_preferences": table(tenantContent("user", "tenant", "cascade"), {
    reference: "tenant_id user_id",
    settings: "kind in_app by_mail",
  }),
};
