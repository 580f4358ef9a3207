/** Field rights for tests: set by the owner's form, with records whose every field is a mark. */
import { equal } from "node:assert/strict";
import type { Kind } from "../../db/record_kinds.ts";
import { shortOf } from "../../views/records/custom.tsx";
import type { Fields } from "./app.ts";
import { type Cast, cast } from "./cast.ts";
import type { Person } from "./cast.ts";
import { define, fieldName, newContact } from "./custom_fields.ts";
import { newDeal } from "./deals.ts";
import { idOf } from "./html.ts";
import { drain } from "./worker.ts";

type Rights = Record<string, Partial<Record<"member" | "read_only" | "admin", string>>>;

/** The form fields for these rights; custom fields by their ids. */
export const rightsForm = (rights: Rights): Fields =>
  Object.fromEntries(
    Object.entries(rights).flatMap(([field, roles]) =>
      Object.entries(roles).map(([role, level]) => [
        `right.${/^[0-9a-f-]{36}$/.test(field) ? shortOf(field) : field}.${role}`,
        level,
      ])
    ),
  );

/** Sets the rights of a kind, and lets the search follow. */
export async function settle(owner: Person, kind: Kind, rights: Rights): Promise<void> {
  const at = `/settings/field-rights?kind=${kind}`;
  const answer = await owner.post(at, rightsForm(rights));
  equal(answer.status, 303, await answer.text());
  await drain(owner.test);
}

/** The same level for a role on several fields. */
export const each = (
  fields: readonly string[],
  role: "member" | "read_only" | "admin",
  level: string,
): Rights => Object.fromEntries(fields.map((field) => [field, { [role]: level }]));

/** What the fields that can be hidden contain, in any form in which it is shown. */
export const marks: Record<Kind, Record<string, RegExp>> = {
  contact: {
    position: /Prokuristmarke/,
    birthday: /31\.12\.1977|1977-12-31|19771231/,
    website: /geheimseite/,
    notes: /Notizmarke/,
    own: /Quasarmarke/,
  },
  company: {
    taxNumber: /143\/815\/08155/,
    register: /Amtsgericht Nirgendheim|HRB 99173/,
    notes: /Firmennotiz/,
    own: /Firmenquasar/,
  },
  deal: {
    amount: /98\D?765|9\.?876543/,
    expectedCloseOn: /05\.03\.2031|2031-03-05/,
    notes: /Dealnotiz/,
    own: /Dealquasar/,
  },
};

export interface Stock extends Cast {
  ids: Record<Kind, string>;
  /** Ids of the custom fields. */
  own: Record<Kind, string>;
  /** The fields of a kind that can be hidden, as rights name them. */
  fields: (kind: Kind) => string[];
}

/** A tenant with a record of each kind, every field that can be hidden filled in by its owner. */
export async function stockOf(): Promise<Stock> {
  const people = await cast();
  const { alice } = people;
  const own = {
    contact: await define(alice, { labelDe: "Kennwort" }),
    company: await define(alice, { labelDe: "Kennzahl", recordKind: "company" }),
    deal: await define(alice, { labelDe: "Kennfarbe", recordKind: "deal" }),
  };
  const contact = await newContact(alice, {
    lastName: "Offenbar",
    position: "Prokuristmarke",
    birthday: "31.12.1977",
    website: "https://geheimseite.example",
    notes: "Notizmarke",
    [fieldName(own.contact)]: "Quasarmarke",
  });
  const made = await alice.post("/companies/new", {
    name: "Offenbar GmbH",
    taxNumber: "143/815/08155",
    registerCourt: "Amtsgericht Nirgendheim",
    registerNumber: "HRB 99173",
    notes: "Firmennotiz",
    [fieldName(own.company)]: "Firmenquasar",
  });
  const deal = await newDeal(alice, {
    title: "Offenbarer Deal",
    amount: "98765,43",
    expectedCloseOn: "2031-03-05",
    notes: "Dealnotiz",
    companyName: "Offenbar GmbH",
    contactIds: contact,
    [fieldName(own.deal)]: "Dealquasar",
  });
  const fields = (kind: Kind) =>
    Object.keys(marks[kind]).map((name) => name === "own" ? own[kind] : name);
  return { ...people, ids: { contact, company: idOf(made), deal }, own, fields };
}
