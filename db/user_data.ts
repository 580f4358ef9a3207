/** What is stored about people who log in, by the personal-data map: for their own eyes. */
import { personalData } from "./personal_data.ts";
import type { Column } from "./personal_data/columns.ts";
import type { AnySql, Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** Whose data: the identity, and its user in the current tenant. */
export interface Self {
  identityId: string;
  email: string;
  /** Null for somebody not currently working in a tenant. */
  userId: string | null;
}

type Way = (sql: AnySql, self: Self) => Fragment;

const byIdentity: Way = (sql, { identityId }) => sql`t.identity_id = ${identityId}`;
const by = (column: string): Way => (sql, { userId }) => sql`t.${sql(column)} = ${userId}`;

/** Tables of the provider's own, outside any tenant. */
const ofInstallation = {
  identities: (sql, { identityId }) => sql`t.id = ${identityId}`,
  passkeys: byIdentity,
  recovery_codes: byIdentity,
  sessions: byIdentity,
  tokens: byIdentity,
  totp_factors: byIdentity,
  policy_notices: byIdentity,
  incident_persons: byIdentity,
  // What a tenant wrote to somebody as its customer belongs to that tenant.
  mails: (sql, { email }) => sql`lower(t.recipient) = lower(${email}) and t.kind <> 'message'`,
} as const satisfies Record<string, Way>;

/** Tables of a tenant, read within its Scope. */
const ofTenant = {
  users: by("id"),
  views: by("user_id"),
  view_defaults: by("user_id"),
  visits: by("user_id"),
  looks: by("user_id"),
  notifications: by("user_id"),
  notification_preferences: by("user_id"),
  reminders: by("user_id"),
  api_requests: by("user_id"),
  api_tokens: by("user_id"),
  calendar_feeds: by("user_id"),
  mailboxes: by("user_id"),
  inbound_addresses: by("user_id"),
  mail_accounts: by("user_id"),
  mail_signatures: by("user_id"),
  mail_templates: by("user_id"),
  team_members: by("user_id"),
  imports: by("created_by"),
  exports: by("created_by"),
  tenant_exports: by("created_by"),
  access_archives: by("created_by"),
  bulk_changes: by("created_by"),
  duplicate_scans: by("created_by"),
  changes: by("actor_id"),
  processing_agreements: by("user_id"),
  processor_notices: by("user_id"),
  processor_objections: by("user_id"),
} as const satisfies Record<string, Way>;

export type OwnTable = keyof typeof ofInstallation | keyof typeof ofTenant;
export const ownTables = [...Object.keys(ofInstallation), ...Object.keys(ofTenant)] as OwnTable[];

/** Tables about users that no way leads to, each with the reason. */
export const withoutOwnWay: Readonly<Record<string, string>> = {
  case_letters: "letters to an office, which may be a firm outside: its page tells them",
  case_codes: "codes of those letters",
  case_links: "links of those letters",
  officers: "an office's name and address, told by its page",
  mailbox_folders: "folders of a mailbox, told with it",
  import_mappings: "columns of a kind of file, of the tenant",
  stat_snapshots: "sums of the tenant for an hour; who is responsible is only what was asked for",
  tenant_erasures: "who receives the certificate of an ended tenant, gone with the last letter",
  processor_changes: "steps of the provider's own people in the register",
};

/** The most rows of one table that are handed out. */
const bound = 20_000;

/** A table as the map describes it, with the number of one's own rows. */
export interface Held {
  table: OwnTable;
  /** Who is responsible for it: the provider, or the current tenant. */
  of: "provider" | "tenant";
  columns: [string, Column][];
  count: number;
}

/** Every way, with the connection and scope it is used in. */
function waysOf(sql: AnySql, scope: Scope | null) {
  // Within the transaction if there is one: waiting for a second connection could block.
  const at = scope?.sql ?? sql;
  const installation = Object.entries(ofInstallation).map(([table, way]) => ({
    table,
    way,
    at,
    scope: null,
  }));
  const tenant = scope
    ? Object.entries(ofTenant).map(([table, way]) => ({ table, way, at: scope.sql, scope }))
    : [];
  return [...installation, ...tenant] as {
    table: OwnTable;
    way: Way;
    at: AnySql;
    scope: Scope | null;
  }[];
}

const columnsOf = (table: string): [string, Column][] =>
  Object.entries(personalData[`public.${table}`] ?? {}).filter(([, { inAccessExport }]) =>
    inAccessExport !== false
  );

const within = (at: AnySql, scope: Scope | null) =>
  scope ? at`and t.tenant_id = ${scope.tenantId}` : at``;

/** What is stored about somebody, table by table, without the values; empty tables are left out. */
export async function overview(sql: AnySql, scope: Scope | null, self: Self): Promise<Held[]> {
  const held: Held[] = [];
  for (const { table, way, at, scope: inside } of waysOf(sql, scope)) {
    const [row] = await at<[{ count: number }]>`
      select count(*)::int as count
      from ${at(table)} t
      where ${way(at, self)} ${within(at, inside)}
    `;
    const columns = columnsOf(table);
    const of = columns.some(([, { role }]) => role === "controller") ? "provider" : "tenant";
    if (row.count > 0) held.push({ table, of, columns, count: row.count });
  }
  return held;
}

/**
 * Texts that may contain a link or code that still works: somebody with only a session must not get
 * a new password through them. They are removed once the mail was sent.
 */
const opening: Readonly<Record<string, readonly string[]>> = { mails: ["body_text", "body_html"] };

/** All of it, with the map's names; of secrets only the fact that there is one. */
export async function read(
  sql: AnySql,
  scope: Scope | null,
  self: Self,
): Promise<Record<string, { rows: Record<string, unknown>[]; complete: boolean }>> {
  const data: Awaited<ReturnType<typeof read>> = {};
  for (const { table, way, at, scope: inside } of waysOf(sql, scope)) {
    const columns = columnsOf(table);
    const found = await at<{ row: string }[]>`
      select row_to_json(r)::text as row
      from (
        select ${at(columns.map(([name]) => `t.${name}`))}
        from ${at(table)} t
        where ${way(at, self)} ${within(at, inside)}
        limit ${bound + 1}
      ) r
    `;
    if (found.length === 0) continue;
    const presence = new Set(
      columns.flatMap(([name, { inAccessExport }]) =>
        inAccessExport === "presence" || opening[table]?.includes(name) ? [name] : []
      ),
    );
    const rows = found.slice(0, bound).map(({ row }) =>
      Object.fromEntries(
        Object.entries(JSON.parse(row) as Record<string, unknown>).map(([name, value]) => [
          name,
          presence.has(name) && value !== null && value !== "" ? "present" : value,
        ]),
      )
    );
    data[table] = { rows, complete: found.length <= bound };
  }
  return data;
}
