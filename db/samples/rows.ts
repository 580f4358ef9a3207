/** Collects the rows that belong to contacts and companies into batches. */
import { newId } from "../ids.ts";
import { between, iso } from "./days.ts";
import type { Dice } from "./dice.ts";
import type { SampleCompany, Status } from "./companies.ts";
import { kindOfStatus, tagNames } from "./trade_words.ts";

export type Row = Record<string, string | number | boolean | null>;

/** The tables that are filled, each after those it refers to. */
export const tables = [
  "companies",
  "contacts",
  "affiliations",
  "emails",
  "phones",
  "addresses",
  "company_tags",
  "contact_tags",
  "consents",
  "changes",
] as const;

export type Batch = Record<typeof tables[number], Row[]>;

const empty = (): Batch =>
  Object.fromEntries(tables.map((table) => [table, []])) as unknown as Batch;

/** Mobile numbers reserved for films: two blocks of a hundred. */
const mobiles = [...Array(200).keys()].map((n) =>
  n < 100
    ? `+4917139200${String(n).padStart(2, "0")}`
    : `+49176040690${String(n - 100).padStart(2, "0")}`
);

/** Collects rows until they are taken as a batch. */
export class Rows {
  batch = empty();
  #mobile = 0;

  constructor(
    readonly tenantId: string,
    readonly tags: ReadonlyMap<string, string>,
    readonly dice: Dice,
    readonly now: number,
  ) {}

  take(): Batch {
    const full = this.batch;
    this.batch = empty();
    return full;
  }

  consent(contactId: string, given: number): void {
    this.batch.consents.push({
      tenant_id: this.tenantId,
      id: newId(),
      contact_id: contactId,
      channel: "email",
      purpose: "marketing",
      text_version: "Newsletter, Fassung 2",
      given_at: iso(given),
      given_how: "Website-Formular, Bestätigung per E-Mail",
      withdrawn_at: this.dice.percent(6) ? iso(between(this.dice, given, this.now)) : null,
    });
  }

  /** The first entry of a record's history. */
  created(kind: "contact" | "company", { id, created_by: by, created_at: at }: Row): void {
    this.batch.changes.push({
      tenant_id: this.tenantId,
      id: newId(),
      record_kind: kind,
      record_id: id!,
      action: "created",
      actor_kind: by === null ? "system" : "user",
      actor_id: by!,
      at: at!,
    });
  }

  tag(table: "company_tags" | "contact_tags", of: Row, status: Status, share: number): void {
    const dice = this.dice;
    if (!dice.percent(share)) return;
    const fitting = tagNames[kindOfStatus[status]];
    const names = new Set<string>([dice.pick(fitting)]);
    if (dice.percent(25)) names.add(dice.pick(tagNames.any));
    for (const name of names) {
      const tagId = this.tags.get(name);
      if (tagId) this.batch[table].push({ tenant_id: this.tenantId, tag_id: tagId, ...of });
    }
  }

  email(of: Row, kind: string, address: string): void {
    this.batch.emails.push({ tenant_id: this.tenantId, id: newId(), ...of, kind, address });
  }

  phone(of: Row, kind: string, number: string, position = 0): void {
    const id = newId();
    this.batch.phones.push({ tenant_id: this.tenantId, id, ...of, kind, number, position });
  }

  /** Each mobile number is used once; after that, people have none. */
  mobilePhone(of: Row): void {
    const number = mobiles[this.#mobile++];
    if (number) this.phone(of, "mobile", number, 1);
  }

  address(of: Row, kind: string, at: Pick<SampleCompany, "place" | "street">): void {
    this.batch.addresses.push({
      tenant_id: this.tenantId,
      id: newId(),
      ...of,
      kind,
      street: at.street,
      postal_code: at.place.postalCode,
      city: at.place.city,
      country: at.place.country,
    });
  }
}
