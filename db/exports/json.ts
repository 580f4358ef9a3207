/** JSON: one array, one object per record, names as in the database, privacy columns included. */
import type { ExportedCompany, ExportedContact } from "./records.ts";

/** A record as an object of the array, on one line. */
export function line(record: ExportedContact | ExportedCompany): string {
  return JSON.stringify(snakeKeys(record as unknown as Record<string, unknown>));
}

/** First-level names as in the database: `lastTouchAt` becomes `last_touch_at`. */
function snakeKeys(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
