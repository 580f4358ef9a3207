/**
 * The document that hands on a person's data (Art. 20 GDPR): one definition reads, checks and
 * publishes it.
 */
import { z } from "zod";
import { isBirthday } from "./birthdays.ts";
import { clean, isValid, readable, unmixed } from "./email_addresses.ts";
import { isSeen, oneLine, severalLines } from "./text_lines.ts";

export const format = "kompaktcrm-portability-1";

/** One line, read as a form reads it: anybody with an address for documents may send anything. */
const text = (most: number) => z.string().max(most).transform(oneLine);
const needed = (most: number) => text(most).refine(isSeen);
const birthday = z.string().regex(/^(\d{4}|-)-\d\d-\d\d$/).refine(isBirthday);
/** A calendar has no year nought, and no database keeps one. */
const day = z.iso.date().refine((date) => date >= "0001");
const email = z.string().max(254).transform((address) => unmixed(readable(clean(address))));

const PortablePerson = z.strictObject({
  salutation: z.enum(["", "ms", "mr", "divers"]),
  title: text(60),
  first_name: text(100),
  name_prefix: text(40),
  last_name: text(100),
  name_suffix: text(40),
  address_form: z.enum(["formal", "informal"]),
  language: z.string().regex(/^[a-z]{2}$/),
  birthday: birthday.nullable(),
  position: text(200),
  customer_number: text(100),
  website: text(500),
  emails: z.array(
    z.strictObject({ kind: z.enum(["work", "home", "other"]), address: email.refine(isValid) }),
  ).max(50),
  phones: z.array(
    z.strictObject({
      kind: z.enum(["work", "mobile", "home", "fax", "other"]),
      number: needed(100),
    }),
  ).max(50),
  addresses: z.array(z.strictObject({
    kind: z.enum(["work", "home", "billing", "shipping", "visit", "other"]),
    street: text(300),
    extra: text(300),
    po_box: text(100),
    postal_code: text(40),
    city: text(200),
    region: text(200),
    country: z.string().regex(/^([A-Z]{2})?$/),
  })).max(50),
  companies: z.array(
    z.strictObject({
      name: needed(300),
      role: text(200),
      department: text(200),
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
  ).max(500).default([]),
}).refine((person) => isSeen(person.first_name) || isSeen(person.last_name));

export type PortablePerson = z.infer<typeof PortablePerson>;

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
