/** What notifications say, and where they lead. */
import type { Notification } from "../db/notification_texts.ts";
import type { Translate } from "./i18n/translate.ts";
import { path } from "./path.ts";
import type { View } from "./view.ts";

/** How many are unread, in words; 100 stands for more. */
export const countLabel = (t: Translate, unread: number): string =>
  unread === 0
    ? t("notifications.title")
    : unread > 99
    ? t("notifications.unread_many")
    : t("notifications.unread", { count: unread });

/** The pages of the records; where several are meant, the list that shows the latest first. */
const pages = {
  contact: "/contacts",
  company: "/companies",
  deal: "/deals",
  activity: "/activities",
  message: "/messages",
  import: "/imports",
  bulk_change: "/bulk-changes",
} as const;

/** The one record a notification is about; null where it is about several. */
const idOf = (row: Notification): string | null =>
  row.contactId ?? row.companyId ?? row.dealId ?? row.activityId ?? row.messageId ?? row.importId ??
    row.bulkChangeId;

/** Where a notification leads: to its record as long as that may be seen, or to a list. */
export function hrefOf(row: Notification): string {
  const id = idOf(row);
  const page = pages[row.recordKind];
  if (id === null) return `${page}?sort=touch`;
  const named = row.name !== null || row.recordKind === "bulk_change";
  return named ? page + path`/${id}` : "/notifications";
}

/** What a notification says. Records that may not be seen any more are not named. */
export function sentence({ t, format }: View, row: Notification): string {
  const { name, recordKind } = row;
  const by = row.actorName ?? t("notifications.somebody");
  switch (row.kind) {
    case "import_done": {
      const { status } = row;
      const ended = status === "failed" || status === "expired" ? status : "done";
      return t(`notifications.import_${ended}`, { name: name ?? "" });
    }
    case "bulk_change_done": {
      const ended = row.status === "undone" ? "undone" : "done";
      return t(`notifications.bulk_change_${ended}`, { count: row.changed ?? 0 });
    }
    case "reminder":
      if (name === null) return t("notifications.reminder_hidden");
      return row.dueAt
        ? t("notifications.reminder_due", {
          name,
          at: row.allDay ? format.date(row.dueAt) : format.dateTime(row.dueAt),
        })
        : t("notifications.reminder", { name });
    case "mail_received":
      return name === null
        ? t("notifications.mail_hidden")
        : t(`notifications.mail_${endOf(row.status)}`, {
          by: row.sender ?? t("notifications.somebody"),
          name: name || t("notifications.no_subject"),
        });
    case "assigned":
      if (idOf(row) === null) {
        const what = t(`notifications.count_${recordKind}`, { count: row.count });
        return t("notifications.assigned_several", { by, what });
      }
      return name === null
        ? t("notifications.assigned_hidden", { by })
        : t(`notifications.assigned_${assignable(recordKind)}`, { by, name });
  }
}

/** What became of a mail: somebody else's came, one's own did not reach all it was meant for. */
const endOf = (status: string | null) =>
  status === "failed" || status === "waits" || status === "partly" || status === "done"
    ? status
    : "received";

/** The kinds of records that have an owner. */
const assignable = (kind: Notification["recordKind"]) =>
  kind === "company" || kind === "deal" || kind === "activity" ? kind : "contact";
