/** The history of every record: which fields changed, by whom, when and why. */
import { newId } from "./ids.ts";
import { visibleChanges } from "./field_rights.ts";
import { inHistory } from "./personal_data.ts";
import type { Scope } from "./scope.ts";
import * as webhookDeliveries from "./webhook_deliveries.ts";

export type RecordKind =
  | "activity"
  | "contact"
  | "custom_field"
  | "company"
  | "deal"
  | "import"
  | "export"
  | "user"
  | "tenant"
  | "tag"
  | "pipeline"
  | "lost_reason"
  | "team";

/** A field by its column name; values are kept only where the personal-data map allows it. */
export interface FieldChange {
  name: string;
  from?: string | number | boolean | null;
  to?: string | number | boolean | null;
}

export interface Entry {
  kind: RecordKind;
  id: string;
  /** An action in the catalogue `history`: created, updated, deleted, restored, erased, … */
  action: string;
  fields?: readonly FieldChange[];
  /** Why, in the actor's own words; never anybody's name or address. */
  reason?: string;
}

export interface Change {
  id: string;
  action: string;
  fields: FieldChange[];
  reason: string;
  actorKind: "user" | "system";
  /** The actor's current name; null for the system and for users who no longer exist. */
  actorName: string | null;
  at: Date;
}

/**
 * The table of each kind; history may hold its columns' values if the personal-data map allows it.
 */
const tables: Record<RecordKind, string> = {
  activity: "activities",
  contact: "contacts",
  custom_field: "custom_fields",
  company: "companies",
  deal: "deals",
  import: "imports",
  export: "exports",
  user: "users",
  tenant: "tenants",
  tag: "tags",
  pipeline: "pipelines",
  lost_reason: "lost_reasons",
  team: "teams",
};

/** Fields that are not columns: an objection's channel, a mail's kind, counts and formats. */
const spoken: Partial<Record<RecordKind, readonly string[]>> = {
  company: ["offer_number"],
  contact: ["mail_kind", "objection", "offer_number"],
  deal: ["offer_number"],
  import: ["status", "rows"],
  export: ["kind", "format", "rows"],
  team: ["member"],
  tenant: [
    "field_right",
    ...["member", "read_only"].flatMap((role) =>
      ["contacts", "companies", "deals"].map((part) => `sight_${role}_${part}`)
    ),
  ],
};

// For custom fields, `custom_values` itself decides which values may be kept.
const isKept = (kind: RecordKind, field: string): boolean =>
  field.startsWith("custom:") || inHistory(tables[kind], field) ||
  (spoken[kind]?.includes(field) ?? false);

/** Adds one entry to a record's history, in the caller's transaction. */
export async function record(scope: Scope, entry: Entry): Promise<void> {
  await recordAll(scope, { ...entry, ids: [entry.id] });
}

/** Adds the same entry to the history of many records at once: imports, undoing them, erasure. */
export async function recordAll(
  scope: Scope,
  { kind, ids, action, fields = [], reason = "" }: Omit<Entry, "id"> & { ids: readonly string[] },
): Promise<void> {
  if (ids.length === 0) return;
  const kept = fields.map((field) => isKept(kind, field.name) ? field : { name: field.name });
  await Promise.all([
    scope.sql`
      insert into changes (
        tenant_id, id, record_kind, record_id, action, fields, reason, actor_kind, actor_id, at
      )
      select ${scope.tenantId}, entry.id, ${kind}, entry.record_id, ${action},
        ${scope.sql.json(kept)}, ${reason}, ${scope.actor.kind}, ${scope.actor.userId},
        ${scope.now}
      from unnest(${ids.map(() => newId())}::uuid[], ${[...ids]}::uuid[]) as entry (id, record_id)
    `,
    webhookDeliveries.emit(scope, { kind, ids, action }),
  ]);
}

/** The number of entries on a page of history. */
export const pageSize = 20;

/**
 * A page of a record's history, newest first; `before` is the last entry already seen. `next` is
 * the entry to continue from, or null at the end.
 */
export async function list(
  scope: Scope,
  kind: RecordKind,
  recordId: string,
  before: string | null = null,
): Promise<{ changes: Change[]; next: string | null }> {
  const { sql, tenantId } = scope;
  const rows = await sql<Change[]>`
    select c.id, c.action, c.fields, c.reason, c.actor_kind, i.name as actor_name, c.at
    from (
      select c.id, c.action, c.fields, c.reason, c.actor_kind, c.actor_id, c.at
      from changes c
      where c.tenant_id = ${tenantId}
        and c.record_kind = ${kind}
        and c.record_id = ${recordId}
        ${
    before === null ? sql`` : sql`
        and (c.at, c.id) < (
          select b.at, b.id
          from changes b
          where b.tenant_id = ${tenantId}
            and b.id = ${before}
        )`
  }
      order by c.at desc, c.id desc
      limit ${pageSize + 1}
    ) c
    left join users u on u.tenant_id = ${tenantId} and u.id = c.actor_id
    left join identities i on i.id = u.identity_id
    order by c.at desc, c.id desc
    limit ${pageSize + 1}
  `;
  const changes = rows.slice(0, pageSize)
    .map((change) => ({ ...change, fields: visibleChanges(scope, kind, change.fields) }));
  return { changes, next: rows.length > pageSize ? changes.at(-1)!.id : null };
}

/** The fields in which two versions of a record differ, with both values. */
export function differences<T extends object>(before: T, after: T): FieldChange[] {
  return Object.keys(after).flatMap((name) => {
    const from = plain(before[name as keyof T]);
    const to = plain(after[name as keyof T]);
    return from === to ? [] : [{ name: snake(name), from, to }];
  });
}

function plain(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object") return JSON.stringify(value);
  return value as string | number | boolean;
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
