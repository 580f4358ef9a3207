/** Persons: each a record with its contact points, workplaces, tags and privacy state. */
import * as affiliations from "./affiliations.ts";
import * as changes from "./changes.ts";
import { insert } from "./contact_inserts.ts";
import * as customValues from "./custom_values.ts";
import * as points from "./contact_points.ts";
import { NotFound, Stale } from "./errors.ts";
import { fresh, kept, shown } from "./field_rights.ts";
import { hold } from "./held_records.ts";
import { compose } from "./letter_salutations.ts";
import { dayOf } from "./local_times.ts";
import * as exceptions from "./notice_exceptions.ts";
import { type Collected, dueOn } from "./notices.ts";
import { notifyOwner } from "./notifications.ts";
import * as consents from "./consents.ts";
import * as objections from "./objections.ts";
import type { LegalBasis, Purpose } from "./origins.ts";
import type { Clock } from "./record_clocks.ts";
import * as postalKeys from "./postal_keys.ts";
import * as names from "./record_names.ts";
import * as panels from "./record_panels.ts";
import * as retentions from "./retentions.ts";
import { assertOwn } from "./repetitions.ts";
import type { Scope } from "./scope.ts";
import * as sights from "./sights.ts";
import * as searchTexts from "./search_texts.ts";
import * as suppressions from "./suppressions.ts";
import * as tags from "./tags.ts";
import * as trash from "./trash.ts";

export type Status = "lead" | "prospect" | "customer" | "partner" | "supplier" | "former";

/** The editable fields in the person's own row. */
export interface ContactFields {
  salutation: "" | "ms" | "mr" | "divers";
  title: string;
  firstName: string;
  namePrefix: string;
  lastName: string;
  nameSuffix: string;
  /** Overrides the computed salutation; empty to use the computed one. */
  letterSalutation: string;
  addressForm: "formal" | "informal";
  language: string;
  position: string;
  /** `1980-12-31`, or `--12-31` when the year is unknown. */
  birthday: string | null;
  customerNumber: string;
  status: Status;
  ownerId: string | null;
  website: string;
  notes: string;
  source: string;
  legalBasis: LegalBasis;
  purpose: Purpose;
}

export interface ContactInput extends ContactFields, points.ContactPoints {
  companies: affiliations.AffiliationInput[];
  tags: string[];
  /** New values of custom fields; those left out stay unchanged. */
  custom?: customValues.CustomInput;
}

export interface Contact extends ContactFields, points.ContactPoints {
  id: string;
  version: number;
  companies: affiliations.Affiliation[];
  tags: string[];
  custom: customValues.CustomValue[];
  tagIds: string[];
  /** How a letter begins: the person's own salutation or the computed one. */
  greeting: string;
  ownerName: string | null;
  sourceChannel: "manual" | "import" | "sample" | "mail" | "form" | "api";
  noticeDueOn: string | null;
  noticeSentAt: Date | null;
  /** Why the person need not be informed; the name of whoever recorded it, if still there. */
  noticeException: (exceptions.Exception & { at: string; by: string | null }) | null;
  restrictedAt: Date | null;
  restrictedReason: string | null;
  restrictedUntil: string | null;
  retainUntil: string | null;
  retainReason: string | null;
  objections: objections.Objection[];
  /** When it may be erased, and what prevents it before then. */
  clock: Clock;
  /** The person's consents in force. */
  agreed: consents.Agreed[];
  lastTouchAt: Date;
  createdAt: Date;
  updatedAt: Date;
}

/** The columns of `ContactFields`, written as given. */
const written = [
  "salutation",
  "title",
  "firstName",
  "namePrefix",
  "lastName",
  "nameSuffix",
  "letterSalutation",
  "addressForm",
  "language",
  "position",
  "birthday",
  "customerNumber",
  "status",
  "ownerId",
  "website",
  "notes",
  "source",
  "legalBasis",
  "purpose",
] as const satisfies readonly (keyof ContactFields)[];

type Row = Omit<Contact, "clock" | "greeting" | keyof tags.Tagged> & tags.Carried & {
  retention: retentions.StoredFacts;
  around: panels.Around | null;
};

/** Returns a person outside the trash with all related data the role may see; throws NotFound. */
export async function find(scope: Scope, id: string): Promise<Contact> {
  const { contact } = await read(scope, id);
  return shown(scope, "contact", contact);
}

/** The same, plus which panels of the person's page have content. */
export async function findWithPanels(
  scope: Scope,
  id: string,
): Promise<{ contact: Contact; there: panels.Panels }> {
  const { contact, around } = await read(scope, id, panels.column(scope, { kind: "contact", id }));
  return { contact: shown(scope, "contact", contact), there: panels.fromColumn(scope, around!) };
}

async function read(scope: Scope, id: string, around = scope.sql`null as around`) {
  const { sql, tenantId } = scope;
  const [row] = await sql<Row[]>`
    select p.id, p.version, p.salutation, p.title, p.first_name, p.name_prefix, p.last_name,
      p.name_suffix, p.letter_salutation, p.address_form, p.language, p.position, p.birthday,
      p.customer_number, p.status, p.owner_id, p.website, p.notes, p.source, p.legal_basis,
      p.purpose, p.source_channel, p.notice_due_on, p.notice_sent_at, ${exceptions.column(scope)},
      p.restricted_at, p.restricted_reason, p.restricted_until, p.retain_until, p.retain_reason,
      p.last_touch_at, p.created_at, p.updated_at,
      (
        select i.name
        from users u
        join identities i on i.id = u.identity_id
        where u.tenant_id = p.tenant_id
          and u.id = p.owner_id
      ) as owner_name,
      ${tags.column(scope, "contact")},
      ${customValues.column(scope, "contact")},
      ${points.columns(scope, "contact")},
      ${affiliations.columns(scope)},
      ${objections.columns(scope)},
      ${retentions.columns(scope, "contact")},
      ${consents.column(scope)},
      ${around}
    from contacts p
    where p.tenant_id = ${tenantId}
      and p.id = ${id}
      and p.deleted_at is null
  `;
  if (!row) throw new NotFound("contact");
  await customValues.addNames(scope, [row]);
  const { around: extra, retention, tagged, ...rest } = row;
  const clock = retentions.clockFrom("contact", retention, dayOf(scope.now));
  const greeting = row.letterSalutation || compose(row);
  return { contact: { ...rest, ...tags.listsOf(tagged), clock, greeting }, around: extra };
}

/**
 * Creates a person under the id its form was rendered with. Returns false, and adds nothing, when
 * the actor has already sent this form. Throws NotFound when somebody else's record has the id.
 */
export async function create(
  scope: Scope,
  id: string,
  given: ContactInput,
  collected: Collected,
  sourceChannel: "manual" | "mail" | "api" | "form" = "manual",
): Promise<boolean> {
  const open = fresh(scope, "contact", given);
  const ownerId = await sights.ownerOfNew(scope, "contact", open.ownerId);
  let input: ContactInput = { ...open, ownerId };
  await names.take(scope, "contact", null, { ...input, companies: [] });
  if (sights.givesAway(scope, ownerId)) {
    // Resolve companies with the author's own sight; from here on the person may be out of sight.
    input = { ...input, companies: await affiliations.resolve(scope, input.companies) };
    await sights.lift(scope);
  }
  const noticeDueOn = dueOn(collected, dayOf(scope.now));
  if (!await insert(scope, id, input, { sourceChannel, noticeDueOn })) {
    await assertOwn(scope, "contact", id);
    return false;
  }
  await Promise.all([
    ...points.create(scope, "contact", id, input),
    changes.record(scope, { kind: "contact", id, action: "created" }),
    notifyOwner(scope, input.ownerId, { contactId: id }),
  ]);
  const { companies, tags: words, custom } = input;
  if (companies.length > 0) await affiliations.assign(scope, id, companies);
  if (words.length > 0) await tags.assign(scope, "contact", id, words);
  if (custom) await customValues.assign(scope, "contact", [{ id, custom }]);
  const owned = Object.values(custom ?? {}).some((values) => values.length > 0);
  if (companies.length > 0 || words.length > 0 || owned) {
    await searchTexts.refresh(scope, "contact", [id]);
  }
  return true;
}

/**
 * Saves a person if the version that was read is still current. Throws NotFound, or Stale when
 * somebody has saved another version meanwhile. Saving without changes leaves no trace. Addresses
 * removed from the record of a person who objects stay barred.
 */
export async function update(
  scope: Scope,
  secretKey: string,
  id: string,
  version: number,
  given: ContactInput,
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  await names.take(scope, "contact", id, given);
  await hold(scope, "contacts", id);
  const { contact: before } = await read(scope, id);
  const input = kept(scope, "contact", before, given);
  if (before.version !== version) throw new Stale("contact", before.version);
  const fields = fieldsOf(input);
  const changed = changes.differences(fieldsOf(before), fields);
  const objects = before.objections.length > 0;
  const placed = objects ? await postalKeys.ofContacts(scope, [id]) : [];
  const lists = await points.update(scope, "contact", id, before, input);
  const gone = objects ? points.leaving(before, input) : [];
  await suppressions.keepLeaving(
    scope,
    secretKey,
    gone.map((address) => ({ contactId: id, address })),
  );
  if (!points.same(before.companies, input.companies)) {
    await affiliations.assign(scope, id, input.companies);
    lists.push("companies");
  }
  if (!sameWords(before.tags, input.tags)) {
    await tags.assign(scope, "contact", id, input.tags);
    lists.push("tags");
  }
  changed.push(...await customValues.update(scope, "contact", id, before.custom, input.custom));
  if (changed.length + lists.length === 0) return;
  if (before.ownerId !== fields.ownerId) await sights.lift(scope);
  await sql`
    update contacts
    set ${sql(fields)}, version = version + 1, last_touch_at = ${now}, updated_at = ${now},
      updated_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await suppressions.keepMoved(scope, secretKey, placed);
  await searchTexts.refresh(scope, "contact", [id]);
  await changes.record(scope, {
    kind: "contact",
    id,
    action: "updated",
    fields: [...changed, ...lists.map((name) => ({ name }))],
  });
  if (before.ownerId !== fields.ownerId) {
    await notifyOwner(scope, fields.ownerId, { contactId: id });
  }
}

/** Moves a person to the trash; throws NotFound. */
export async function remove(scope: Scope, id: string): Promise<void> {
  await trash.put(scope, "contact", id);
}

function fieldsOf(input: ContactFields): ContactFields {
  return Object.fromEntries(written.map((name) => [name, input[name]])) as unknown as ContactFields;
}

/** Whether two lists contain the same words, regardless of order and case. */
export function sameWords(before: readonly string[], after: readonly string[]): boolean {
  const key = (words: readonly string[]) =>
    words.map((word) => word.toLowerCase()).sort().join("\n");
  return key(before) === key(after);
}
