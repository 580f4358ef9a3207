/**
 * The personal-data map of calls, meetings, tasks and notes, their participants, and private
 * calendars.
 */
import { table, tenantContent } from "./columns.ts";

const activity = tenantContent("contact", "record", "row");
const part = tenantContent("contact", "record", "cascade");
const own = tenantContent("user", "tenant", "cascade");

export const activities = {
  "public.activities": table(activity, {
    reference: "tenant_id id previous_id series_id import_id",
    content: "subject body",
    classification: `kind priority owner_id due_at ends_at all_day rrule remind_before
      skipped series_day`,
    trace: `done_at done_by at created_at created_by updated_at updated_by
      deleted_at deleted_by erase_after`,
    copy: "search",
    technical: "due_key version",
  }, {
    // The history shows that it changed; rules and minutes mean nothing to a reader.
    rrule: { inHistory: false },
    all_day: { inHistory: false },
    remind_before: { inHistory: false },
    skipped: { inHistory: false },
    series_day: { inHistory: false },
  }),

  "public.activity_links": table(part, {
    reference: "tenant_id activity_id record_id contact_id company_id deal_id",
    classification: "direct open_due",
    trace: "at",
  }),

  "public.activity_participants": table(part, {
    reference: "tenant_id activity_id person_id user_id contact_id",
  }),

  "public.reminders": table(own, {
    reference: "tenant_id activity_id user_id",
    trace: "remind_at sent_at",
  }),

  "public.calendar_feeds": table(own, {
    reference: "tenant_id user_id",
    credentials: "token_digest",
    settings: "detail",
    trace: "created_at",
  }),
};
