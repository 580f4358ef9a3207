/**
 * The document that hands on a person's data (Art. 20 GDPR): one definition reads, checks and
 * publishes it.
 */
import { z } from "zod";
import { isBirthday } from "./birthdays.ts";
import { clean, isValid, readable, unmixed } from "./email_addresses.ts";
import { lengths } from "./record_lengths.ts";
import { isSeen, oneLine, severalLines } from "./text_lines.ts";
import { addressOf } from "./websites.ts";

export const format = "kompaktcrm-portability-1";

/** One line, read as a form reads it: anybody with an address for documents may send anything. */
const text = (most: number) => z.string().max(most).transform(oneLine);
const needed = (most: number) => text(most).refine(isSeen);
const birthday = z.string().regex(/^(\d{4}|-)-\d\d-\d\d$/).refine(isBirthday);
/** The years that the form of a contact takes. */
const day = z.iso.date().refine((date) => date >= "1900" && date < "2200");
const website = text(lengths.website).refine((text) => text === "" || addressOf(text) !== null);
const email = z.string().max(254).transform((address) => unmixed(readable(clean(address))));

const PortablePerson = z.strictObject({
  salutation: z.enum(["", "ms", "mr", "divers"]),
  title: text(lengths.title),
  first_name: text(lengths.firstName),
  name_prefix: text(lengths.namePrefix),
  last_name: text(lengths.lastName),
  name_suffix: text(lengths.nameSuffix),
  address_form: z.enum(["formal", "informal"]),
  language: z.string().regex(/^[a-z]{2}$/),
  birthday: birthday.nullable(),
  position: text(lengths.position),
  customer_number: text(lengths.customerNumber),
  website,
  emails: z.array(
    z.strictObject({ kind: z.enum(["work", "home", "other"]), address: email.refine(isValid) }),
  ).max(50),
  phones: z.array(
    z.strictObject({
      kind: z.enum(["work", "mobile", "home", "fax", "other"]),
      number: needed(lengths.phone),
    }),
  ).max(50),
  addresses: z.array(z.strictObject({
    kind: z.enum(["work", "home", "billing", "shipping", "visit", "other"]),
    street: text(lengths.street),
    extra: text(lengths.extra),
    po_box: text(lengths.poBox),
    postal_code: text(lengths.postalCode),
    city: text(lengths.city),
    region: text(lengths.region),
    country: z.string().regex(/^([A-Z]{2})?$/),
  })).max(50),
  companies: z.array(
    z.strictObject({
      name: needed(lengths.companyName),
      role: text(lengths.role),
      department: text(lengths.department),
      since_on: day.nullable(),
      until_on: day.nullable(),
    }).refine(({ since_on: since, until_on: until }) => !since || !until || until >= since),
  ).max(50),
  /** What the controller has asked for in addition, under its own field names. */
  custom: z.array(
    z.strictObject({
      name: text(60),
      label: text(60),
      value: z.string().max(10_000).transform(severalLines),
    }),
  ).max(500).default([])
    .refine((custom) => notesOf({ custom }).length <= lengths.notes),
}).refine((person) => isSeen(person.first_name) || isSeen(person.last_name));

export type PortablePerson = z.infer<typeof PortablePerson>;

/** What another controller asked for in addition, as the notes of the contact. */
export const notesOf = ({ custom }: { custom: readonly { label: string; value: string }[] }) =>
  custom.map(({ label, value }) => `${label}: ${value}`).join("\n");

export const PortableDocument = z.object({
  $schema: z.url(),
  format: z.literal(format),
  issuedAt: z.iso.datetime(),
  controller: z.strictObject({ name: text(300), email: text(254), country: text(2) }),
  persons: z.array(PortablePerson).min(1).max(20),
});

export type PortableDocument = z.infer<typeof PortableDocument>;

/** Where the schema is published. */
export const schemaUrl = (baseUrl: string): string =>
  `${baseUrl}/.well-known/portability.schema.json`;

/** The document's JSON Schema (2020-12), generated from the definition itself. */
export const portabilitySchema = (baseUrl: string): Record<string, unknown> => ({
  $id: schemaUrl(baseUrl),
  title: "Personal data under Art. 20 GDPR",
  ...z.toJSONSchema(PortableDocument, { io: "input" }),
});
