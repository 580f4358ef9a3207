/** How a merge changes the survivor: the chosen fields, and always the stricter limits. */
import type { Kind } from "./record_kinds.ts";
import { Invalid } from "./errors.ts";
import { mayWrite } from "./field_rights.ts";
import * as fields from "./merge_fields.ts";
import type { Candidate } from "./merge_fields.ts";
import { type Change, change, type Merging } from "./merge_rows.ts";
import type { Scope } from "./scope.ts";
import { lift } from "./sights.ts";
import * as subsidiaries from "./subsidiaries.ts";

/** By field or list: the record whose value is taken; notes may be `all`. */
export type Choices = Readonly<Record<string, string>>;

type Row = Candidate["row"];

/**
 * The survivor's new values: the chosen fields; restriction, retention and notice become the
 * strictest of all. Throws Invalid if a choice is missing or a company would become its own
 * ancestor; writes nothing.
 */
export async function settle(
  scope: Scope,
  kind: Kind,
  candidates: readonly Candidate[],
  choices: Choices,
): Promise<Change> {
  const mine = candidates[0]!;
  const after: Row = {};
  for (const field of fields.fields[kind]) {
    const among = fields.choicesOf(field, candidates);
    const closed = fields.isClosed(scope, kind, field);
    const choice = closed ? among[0]?.id : choices[field.name];
    if (field.name === "notes" && (closed || choice === fields.all)) {
      after.notes = among.map(({ row }) => row.notes).join("\n\n");
      continue;
    }
    const one = fields.chosen(among, choice, candidates);
    if (!one && among.length > 1) throw new Invalid("merges.choose", `choice.${field.name}`);
    for (const name of field.columns) after[name] = (one ?? mine).row[name] ?? null;
  }
  for (const id of fields.customFields(candidates)) {
    const among = fields.ownChoices(id, candidates);
    const name = fields.ownName(id);
    if (mayWrite(scope, kind, id) && !fields.chosen(among, choices[name], candidates)) {
      throw new Invalid("merges.choose", `choice.${name}`);
    }
  }
  for (const list of fields.lists) {
    const among = fields.firstsOf(list, candidates);
    if (among.length > 1 && !fields.chosen(among, choices[list], candidates)) {
      throw new Invalid("merges.choose", `choice.${list}`);
    }
  }
  // Undoing its import would also remove what came from elsewhere.
  const imports = new Set(candidates.map(({ row }) => row.import_id ?? null));
  after.import_id = imports.size === 1 ? mine.row.import_id ?? null : null;
  const ids = candidates.map(({ id }) => id);
  if (kind === "company") after.parent_id = await parent(scope, ids, after.parent_id ?? null);
  else if (kind === "contact") Object.assign(after, strictest(candidates));
  else after.created_at = candidates.map(({ row }) => row.created_at).sort()[0]!;
  const now = scope.now.toISOString();
  Object.assign(after, { last_touch_at: now, updated_at: now, updated_by: scope.actor.userId });
  const names = Object.keys(after);
  const before = Object.fromEntries(names.map((name) => [name, mine.row[name] ?? null]));
  // From here on everything attached is moved, whether or not the acting user can see it.
  await lift(scope);
  return { id: mine.id, before, after };
}

/** The deals with the one whose amount was chosen first: its lines and their sum are kept. */
export function byAmount(
  scope: Scope,
  candidates: readonly Candidate[],
  choice: string | undefined,
): Candidate[] {
  const field = fields.fields.deal.find(({ name }) => name === "amount")!;
  const among = fields.choicesOf(field, candidates);
  const one = fields.isClosed(scope, "deal", field)
    ? among[0]
    : fields.chosen(among, choice, candidates);
  const first = one ?? candidates[0]!;
  return [first, ...candidates.filter(({ id }) => id !== first.id)];
}

/** Higher than any item's position in a field: where values are parked while they are exchanged. */
const aside = 1_000;

/** Exchanges the values of custom fields that were chosen from a record other than the survivor. */
export async function exchange(
  scope: Scope,
  merging: Merging,
  candidates: readonly Candidate[],
  choices: Choices,
): Promise<void> {
  const { sql, tenantId } = scope;
  const { kind, survivor } = merging;
  const column = `${kind}_id`;
  const wanted = fields.customFields(candidates).flatMap((fieldId) => {
    const among = fields.ownChoices(fieldId, candidates);
    const one = mayWrite(scope, kind, fieldId)
      ? fields.chosen(among, choices[fields.ownName(fieldId)], candidates)
      : among[0];
    return one && one.id !== survivor ? [{ fieldId, from: one.id }] : [];
  });
  if (wanted.length === 0) return;
  const rows = await sql<
    { id: string; owner: string; item: number; from: string; copy: object }[]
  >`
    select v.id, v.${sql(column)} as owner, v.item, w.from, to_jsonb(v) as copy
    from custom_values v
    join unnest(
      ${wanted.map(({ fieldId }) => fieldId)}::uuid[], ${wanted.map(({ from }) => from)}::uuid[]
    ) as w (field_id, "from") on w.field_id = v.field_id
    where v.tenant_id = ${tenantId}
      and v.${sql(column)} in (${survivor}, w.from)
  `;
  const moved = (out: boolean) =>
    rows.filter(({ owner }) => (owner === survivor) === out).map((row): Change => ({
      id: row.id,
      before: { [column]: row.owner, item: row.item },
      after: out
        ? { [column]: row.from, item: row.item + aside }
        : { [column]: survivor, item: row.item },
      copy: row.copy,
    }));
  for (const changes of [moved(true), moved(false)]) {
    await change(scope, merging, "custom_values", [column, "item"], changes);
  }
}

/** The chosen parent, unless it is one of the merged records. */
async function parent(
  scope: Scope,
  ids: readonly string[],
  wanted: Row[string],
): Promise<string | null> {
  if (wanted === null || ids.includes(String(wanted))) return null;
  if (await subsidiaries.belongs(scope, String(wanted), ids)) {
    throw new Invalid("companies.parent_circle", "choice.parent_id");
  }
  return String(wanted);
}

/**
 * Restricted, retained or informed once means always: the earliest restriction, the longest
 * retention.
 */
function strictest(candidates: readonly Candidate[]): Row {
  const by = (column: string, later: boolean) =>
    candidates.map(({ row }) => row).filter((row) => row[column] != null)
      .sort((a, b) => (String(a[column]) < String(b[column]) ? -1 : 1) * (later ? -1 : 1))[0];
  const restricted = by("restricted_at", false);
  const kept = by("retain_until", true);
  const notified = by("notice_sent_at", true);
  const excepted = everyone(candidates)?.row;
  return {
    restricted_at: restricted?.restricted_at ?? null,
    restricted_reason: restricted?.restricted_reason ?? null,
    restricted_until: by("restricted_until", true)?.restricted_until ?? null,
    retain_until: kept?.retain_until ?? null,
    retain_reason: kept?.retain_reason ?? null,
    notice_sent_at: notified?.notice_sent_at ?? null,
    notice_due_on: by("notice_due_on", false)?.notice_due_on ?? null,
    notice_exception: excepted?.notice_exception ?? null,
    notice_exception_reason: excepted?.notice_exception_reason ?? null,
    notice_exception_at: excepted?.notice_exception_at ?? null,
    notice_exception_by: excepted?.notice_exception_by ?? null,
  };
}

/** A person need not be informed only if that holds for each of the records. */
const everyone = (candidates: readonly Candidate[]): Candidate | undefined =>
  candidates.every(({ row }) => row.notice_exception != null) ? candidates[0] : undefined;

const keyOf = {
  emails: "t.address_key",
  phones: "t.number",
  addresses: "concat_ws('|', t.street, t.extra, t.po_box, t.postal_code, t.city, t.country)",
} as const;

/** Puts the entries of the chosen record first, in their order. */
export async function order(
  scope: Scope,
  merging: Merging,
  candidates: readonly Candidate[],
  choices: Choices,
): Promise<void> {
  const { sql, tenantId } = scope;
  const { kind, survivor } = merging;
  if (kind === "deal") return;
  for (const list of ["emails", "phones", "addresses"] as const) {
    const one = fields.chosen(fields.firstsOf(list, candidates), choices[list], candidates);
    const rows = await sql<{ id: string; position: number; place: number }[]>`
      select t.id, t.position,
        (row_number() over (
          order by array_position(${one?.keys[list] ?? []}::text[], ${sql.unsafe(keyOf[list])}),
            t.position, t.id
        ))::int - 1 as place
      from ${sql(list)} t
      where t.tenant_id = ${tenantId}
        and t.${sql(`${kind}_id`)} = ${survivor}
    `;
    const moved = rows.filter(({ position, place }) => position !== place);
    await change(scope, merging, list, ["position"], moved.map(changeOf));
  }
}

const changeOf = (row: { id: string; position: number; place: number }): Change => ({
  id: row.id,
  before: { position: row.position },
  after: { position: row.place },
});

/** Keeps one place of work as the main one: that of the chosen record. */
export async function mainPlace(
  scope: Scope,
  merging: Merging,
  candidates: readonly Candidate[],
  choices: Choices,
): Promise<void> {
  if (merging.kind !== "contact") return;
  const { sql, tenantId } = scope;
  const among = fields.firstsOf("companies", candidates);
  const main = fields.chosen(among, choices.companies, candidates)?.keys.companies[0] ?? null;
  const rows = await sql<{ id: string; isPrimary: boolean; place: number }[]>`
    select a.id, a.is_primary,
      (row_number() over (
        order by (a.company_id = ${main}::uuid) desc nulls last, a.is_primary desc, a.id
      ))::int as place
    from affiliations a
    where a.tenant_id = ${tenantId}
      and a.contact_id = ${merging.survivor}
  `;
  if (!rows.some(({ isPrimary }) => isPrimary)) return;
  await change(
    scope,
    merging,
    "affiliations",
    ["is_primary"],
    rows.filter(({ isPrimary, place }) => isPrimary !== (place === 1)).map((row) => ({
      id: row.id,
      before: { is_primary: row.isPrimary },
      after: { is_primary: !row.isPrimary },
    })),
  );
}

/** A consent ends with a later withdrawal of the same consent, whichever record it was given in. */
export async function withdraw(scope: Scope, merging: Merging): Promise<void> {
  if (merging.kind !== "contact") return;
  const { sql, tenantId } = scope;
  const rows = await sql<{ id: string; at: string }[]>`
    select c.id, to_jsonb(max(w.withdrawn_at)) #>> '{}' as at
    from consents c
    join consents w on w.tenant_id = c.tenant_id
      and w.contact_id = c.contact_id
      and w.channel = c.channel
      and w.purpose = c.purpose
      and w.withdrawn_at >= c.given_at
    where c.tenant_id = ${tenantId}
      and w.tenant_id = ${tenantId}
      and c.contact_id = ${merging.survivor}
      and c.withdrawn_at is null
    group by c.id
  `;
  await change(
    scope,
    merging,
    "consents",
    ["withdrawn_at"],
    rows.map(({ id, at }) => ({ id, before: { withdrawn_at: null }, after: { withdrawn_at: at } })),
  );
}
