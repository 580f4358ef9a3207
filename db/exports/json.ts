/**
 * JSON: one array with one object per record, privacy columns included; our import reads its names.
 */
import type { ExportedActivity } from "./activities.ts";
import type { CustomField } from "../custom_fields.ts";
import { type ExportedValue, ownObject } from "./custom_fields.ts";
import type { ExportedDeal } from "./deals.ts";
import type { ExportedCompany, ExportedContact } from "./records.ts";

/** A record as an object of the array on one line, without hidden properties. */
export function line(
  record: ExportedContact | ExportedCompany | ExportedDeal | ExportedActivity,
  fields: readonly CustomField[] = [],
  hidden: readonly string[] = [],
): string {
  const { custom, ...rest } = record as unknown as Record<string, unknown>;
  for (const name of hidden) delete rest[name];
  const own = fields.length === 0
    ? {}
    : { custom: ownObject(fields, custom as readonly ExportedValue[]) };
  return JSON.stringify({ ...snakeKeys(rest), ...own });
}

/** `lastTouchAt` becomes `last_touch_at`; a bare "name prefix" would be read as a title. */
function snakeKeys(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name === "namePrefix"
        ? "last_name_prefix"
        : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
