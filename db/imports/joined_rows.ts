/**
 * Joins rows about one person, as databases write a row for each e-mail address or telephone number:
 * below each other or further apart, and rows without a name below their person.
 */

import { fold } from "./folds.ts";
import { fullName } from "./likenesses.ts";
import type { ImportedContact, ImportedRecord } from "./records.ts";

/** Most rows joined into one, and most persons of one name that wait: nobody has more addresses. */
const most = 100;
/** How many rows above a person's next row the first one may be. */
const reach = 1_000;

/** The records, each person once; the rows joined to one above them are skipped as such. */
export async function* joined(
  records: AsyncIterable<ImportedRecord>,
): AsyncGenerator<ImportedRecord> {
  const near = new Near();
  for await (const record of records) {
    const first = near.find(record);
    if (first) join(first, record);
    const ready = first ? near.skip(record.row) : near.take(record);
    if (ready) yield ready;
  }
  yield* near.rest();
}

/** The latest records of a file, which wait for rows that add to them. */
class Near {
  readonly #waiting: (ImportedRecord | undefined)[] = [];
  readonly #named = new Map<string, ImportedRecord[]>();
  readonly #added = new Map<ImportedRecord, number>();
  #at = 0;
  /** The person to whom a row without a name belongs if it comes next. */
  #above: ImportedRecord | null = null;
  #row = 0;

  /** The record to which this one adds something; null if it is about somebody else. */
  find(record: ImportedRecord): ImportedRecord | null {
    const follows = record.row === this.#row + 1;
    this.#row = record.row;
    if (!isPerson(record)) return this.#above = null;
    const nameless = isNameless(record);
    const found = nameless
      ? follows && this.#above && continues(this.#above, record) ? this.#above : null
      : this.#named.get(keyOf(record))?.find((one) => adds(one, record)) ?? null;
    const full = found && (this.#added.get(found) ?? 1) >= most;
    if (!nameless || !found) this.#above = nameless ? null : found ?? record;
    if (!found || full) return null;
    this.#added.set(found, (this.#added.get(found) ?? 1) + 1);
    return found;
  }

  /** Lets the record wait. Returns the one that has waited longest, if there are enough. */
  take(record: ImportedRecord): ImportedRecord | undefined {
    if (isPerson(record) && !isNameless(record)) {
      const key = keyOf(record);
      const same = this.#named.get(key) ?? [];
      this.#named.set(key, same);
      same.push(record);
      if (same.length > most) same.shift();
    }
    return this.#push(record);
  }

  /** The same for a row that was joined to another. */
  skip(row: number): ImportedRecord | undefined {
    return this.#push({ ...blank, row });
  }

  *rest(): Generator<ImportedRecord> {
    for (let left = this.#waiting.length; left > 0; left--) {
      const record = this.#push(undefined);
      if (record) yield record;
    }
  }

  #push(record: ImportedRecord | undefined): ImportedRecord | undefined {
    if (record && this.#waiting.length < reach) {
      this.#waiting.push(record);
      return undefined;
    }
    const ready = this.#waiting[this.#at];
    this.#waiting[this.#at] = record;
    this.#at = (this.#at + 1) % this.#waiting.length;
    if (ready) this.#forget(ready);
    return ready;
  }

  #forget(record: ImportedRecord): void {
    this.#added.delete(record);
    if (!record.contact) return;
    const same = this.#named.get(keyOf(record));
    if (same?.[0] !== record) return;
    if (same.length > 1) same.shift();
    else this.#named.delete(keyOf(record));
  }
}

const keyOf = ({ contact }: ImportedRecord): string => fullName(contact!);

const isPerson = ({ contact, deal, others }: ImportedRecord): boolean =>
  contact !== null && !deal && !others;

const isNameless = ({ warnings }: ImportedRecord): boolean =>
  warnings.some(({ code }) => code === "name_from_email" || code === "name_from_number");

const blank: Omit<ImportedRecord, "row"> = {
  contact: null,
  companies: [],
  warnings: [],
  rejected: null,
  skipped: "row_joined",
};

/** Companies that the rows of one person may name. */
const mostCompanies = 5;

/**
 * Whether a further row of this name is about the same person, and says how else to reach them or
 * where else they work; for those without a mailbox it may say nothing new.
 */
function adds(first: ImportedRecord, next: ImportedRecord): boolean {
  const [own, theirs] = [first.contact!, next.contact!];
  if (!isSame(first, next)) return false;
  const name = fullName(own);
  if (name === "" || name.includes("@")) return false;
  if (theirs.birthday !== "" && theirs.birthday !== own.birthday) return false;
  if (next.companies.length > 1) return false;
  const other = next.companies[0]?.name ?? "";
  if (other !== "" && other !== first.companies[0]?.name) {
    // Whoever has the same name and mailbox at another company works for both.
    const { length } = first.companies;
    return length > 0 && length < mostCompanies && shares(own.emails, theirs.emails, mailbox);
  }
  // A list of gifts repeats its donors; who repeats a mailbox is reported as a duplicate.
  const repeats = own.customerNumber !== "" && own.emails.length === 0;
  return repeats || lacking(own.emails, theirs.emails, mailbox).length > 0 ||
    lacking(own.phones, theirs.phones, dialled).length > 0 ||
    lacking(own.addresses, theirs.addresses, placed).length > 0;
}

/** The same numbers, one of which may be that of the company; without any, the same mailbox. */
function isSame(first: ImportedRecord, next: ImportedRecord): boolean {
  const [one, two] = [first.contact!, next.contact!];
  const [company = "", other = ""] = [first, next].map(({ companies }) =>
    companies[0]?.customerNumber
  );
  if (one.uid !== two.uid || one.customerNumber !== two.customerNumber || company !== other) {
    return false;
  }
  return one.uid + one.customerNumber + company !== "" || shares(one.emails, two.emails, mailbox) ||
    (one.emails.length === 0 || two.emails.length === 0) && shares(one.phones, two.phones, dialled);
}

/**
 * Whether a row without a name goes on with the person above: it has their number, a telephone of
 * theirs, or mailboxes that are all named after them. Anything else may be somebody else's whose
 * name is missing.
 */
function continues(above: ImportedRecord, next: ImportedRecord): boolean {
  const [own, theirs] = [above.contact!, next.contact!];
  if (next.companies.length > 0) return false;
  if (theirs.uid + theirs.customerNumber !== "") {
    return theirs.uid === own.uid && theirs.customerNumber === own.customerNumber;
  }
  if (theirs.emails.length === 0) return shares(own.phones, theirs.phones, dialled);
  const names = [own.firstName, own.lastName].map((name) => fold(name) ?? "")
    .filter((name) => name.length > 2);
  return theirs.emails.every(({ address }) => {
    const box = fold(address.split("@")[0]!) ?? "";
    return names.some((name) => box.includes(name));
  });
}

/** They are the same, though perhaps divided otherwise, or guessed. */
const names: ReadonlySet<string> = new Set(["firstName", "namePrefix", "lastName"]);

/** What the person has already, they keep; what only the next one says is added. */
function join({ contact, companies, warnings }: ImportedRecord, next: ImportedRecord): void {
  const [own, more] = [contact!, next.contact!];
  const nameless = isNameless(next);
  const lacked = Object.entries(more).filter(([name]) =>
    own[name as keyof ImportedContact] === "" && !names.has(name)
  );
  Object.assign(own, Object.fromEntries(lacked));
  companies.push(...lacking(companies, next.companies, ({ name }) => name));
  own.custom = { ...more.custom, ...own.custom };
  own.customWords = [...new Set([...own.customWords, ...more.customWords])];
  own.emails.push(...lacking(own.emails, more.emails, mailbox));
  own.phones.push(...lacking(own.phones, more.phones, dialled));
  own.addresses.push(...lacking(own.addresses, more.addresses, placed));
  own.tags = [...new Set([...own.tags, ...more.tags])];
  own.objections = [...new Set([...own.objections, ...more.objections])];
  if (more.notes !== "" && !own.notes.includes(more.notes)) {
    own.notes = [own.notes, more.notes].filter(Boolean).join("\n\n");
  }
  if (!nameless) warnings.push(...next.warnings);
}

const mailbox = ({ address }: ImportedContact["emails"][number]): string => address.toLowerCase();
const dialled = ({ number }: ImportedContact["phones"][number]): string => number;
const placed = (
  { street, poBox, postalCode, city }: ImportedContact["addresses"][number],
): string => [street, poBox, postalCode, city].join("|").toLowerCase();

const shares = <One>(own: readonly One[], more: readonly One[], key: (one: One) => string) =>
  own.some((one) => more.some((other) => key(one) === key(other)));

function lacking<One>(own: readonly One[], more: readonly One[], key: (one: One) => string): One[] {
  const known = new Set(own.map(key));
  return more.filter((one) => !known.has(key(one)));
}
