/** What stored values mean in an answer to an access request, in the words used on the pages. */
import { isMessageKey, type MessageKey } from "./i18n/translate.ts";

/** Where the words of a table's values stand, the nearest first. */
const nouns: Record<string, readonly string[]> = {
  activities: ["activities"],
  case_events: ["cases"],
  case_items: ["cases"],
  cases: ["cases"],
  changes: ["history", "cases"],
  consents: ["consents"],
  messages: ["messages", "outgoing"],
  notifications: ["notifications"],
  offers: ["offers"],
  outgoing_messages: ["outgoing"],
  restrictions: ["cases"],
  retention_duties: ["retentions"],
  transfers: ["transfers"],
};

/** Columns whose values pages name by another word. */
const called: Record<string, string> = {
  actor_kind: "actor",
  claimed_right: "right",
  from_status: "status",
  given_how: "way",
  to_status: "status",
};

/** The key of the word for a value of a table's column; null where it stands for itself. */
export function valueKey(table: string, column: string, value: string): MessageKey | null {
  const name = called[column] ?? column;
  const keys = [
    `access_values.${table}_${name}_${value}`,
    `access_values.${name}_${value}`,
    ...[...nouns[table] ?? [], "contacts", "records"].map((noun) => `${noun}.${name}_${value}`),
  ];
  return keys.find(isMessageKey) ?? null;
}

/** The cells of a file's row, each under its heading. */
export const cellsText = (value: unknown): string =>
  (value as { name: string; value: string }[]).map(({ name, value }) => `${name}: ${value}`)
    .join("; ");
