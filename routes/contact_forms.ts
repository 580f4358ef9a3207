/** The form of a contact: what it may hold, what it becomes, and how a stored contact fills it. */
import { z } from "zod";
import { isBirthday } from "../db/birthdays.ts";
import type { Phone } from "../db/contact_points.ts";
import type { CustomField } from "../db/custom_fields.ts";
import type { CustomInput } from "../db/custom_values.ts";
import type { Contact, ContactInput } from "../db/contacts.ts";
import type { Collected } from "../db/notices.ts";
import { type Origin, origins } from "../db/origins.ts";
import { toE164 } from "../db/phones.ts";
import { lengths } from "../db/record_lengths.ts";
import { birthdayWords } from "../views/contacts/names.ts";
import type { FormState } from "../views/ui/form.tsx";
import type { View } from "../views/view.ts";
import { customSchema, customTexts } from "./custom_values.ts";
import { kept } from "./fields.ts";
import {
  day,
  longestNotes,
  maybe,
  reachValues,
  recordFields,
  rows,
  spread,
  tagNames,
} from "./records.ts";
import { type Standing, standingOf, stays } from "./standing_values.ts";

export const originNames = Object.keys(origins) as [Origin, ...Origin[]];

const bases = [
  "contract",
  "consent",
  "legitimate_interest",
  "legal_obligation",
  "pre_contract",
] as const;
const purposes = ["customer_care", "sales", "marketing", "supply", "legal_duty"] as const;

/** `31.12.1980`, `31/12/1980`, `31.12.` or `1980-12-31` as stored; without a year `--12-31`. */
const birthday = maybe(200).transform((value, context) => {
  if (value === "") return null;
  const local = /^(\d{1,2})\.\s?(\d{1,2})\.?\s?(\d{4})?$/.exec(value) ??
    /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?$/.exec(value);
  const iso = /^(\d{4}|-)-(\d{2})-(\d{2})$/.exec(value);
  const [year, month, date] = local
    ? [local[3] ?? "-", local[2]!, local[1]!]
    : [iso?.[1] ?? "", iso?.[2] ?? "", iso?.[3] ?? ""];
  const found = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  if (isBirthday(found)) return found;
  context.addIssue({ code: "custom", message: "contacts.birthday_invalid" });
  return z.NEVER;
});

const companyRow = (standing: Standing) => {
  const may = (name: string, most: number) => stays(maybe(most), standing[`companies.${name}`]);
  return z.object({
    id: z.uuid().or(z.literal("")).catch(""),
    name: may("name", lengths.companyName),
    role: may("role", lengths.role),
    department: may("department", lengths.department),
    since: day,
    until: day,
  }).refine(({ since, until }) => !since || !until || until >= since, {
    path: ["until"],
    error: "date",
  });
};

const either = <T extends string>(known: readonly [T, ...T[]]) =>
  z.union([z.enum(known), z.literal("")]).optional().default("");

const person = (
  country: string,
  fields: readonly CustomField[],
  most: number,
  standing: Standing = {},
) => ({
  salutation: either(["ms", "mr", "divers"]),
  title: stays(maybe(lengths.title), standing.title),
  firstName: stays(maybe(lengths.firstName), standing.firstName),
  namePrefix: stays(maybe(lengths.namePrefix), standing.namePrefix),
  lastName: stays(maybe(lengths.lastName), standing.lastName),
  nameSuffix: stays(maybe(lengths.nameSuffix), standing.nameSuffix),
  letterSalutation: stays(maybe(lengths.letterSalutation), standing.letterSalutation),
  addressForm: z.enum(["formal", "informal"]).optional().default("formal"),
  language: z.string().regex(/^[a-z]{2}$/, "option").optional().default("de"),
  position: stays(maybe(lengths.position), standing.position),
  birthday,
  companies: rows(companyRow(standing)).transform((all) => all.filter(({ name }) => name !== "")),
  custom: customSchema(fields),
  ...recordFields(country, most, standing),
});

interface Named {
  firstName: string;
  lastName: string;
}
const hasName = ({ firstName, lastName }: Named) => firstName !== "" || lastName !== "";
/** Said beside the other faults, not only once they are mended. */
const nameMissing = {
  path: ["lastName"],
  error: "contacts.name_missing",
  when: ({ value }: { value: unknown }) => {
    const named = value as Partial<Named> | undefined;
    return named?.firstName !== undefined && named.lastName !== undefined;
  },
};

/** A new contact, with the one click that says where the data come from. */
export const NewContact = kept((country: string, own: readonly CustomField[] = []) =>
  z.object({
    id: z.string().optional(),
    _anyway: z.string().optional(),
    _next: z.string().optional(),
    origin: z.enum(originNames, { error: "required" }),
    sourceDetail: maybe(200),
    legalBasis: either(bases),
    purpose: either(purposes),
    ...person(country, own, lengths.notes),
  }).refine(hasName, nameMissing)
    .refine(({ origin, sourceDetail }) => origin !== "other" || sourceDetail !== "", {
      path: ["sourceDetail"],
      error: "contacts.source_detail_missing",
    })
);

const oldContact = (
  country: string,
  own: readonly CustomField[],
  most: number,
  standing: Standing = {},
) =>
  z.object({
    _anyway: z.string().optional(),
    version: z.coerce.number().int().min(1).max(2_000_000_000),
    source: stays(maybe(lengths.source).pipe(z.string().min(1)), standing.source),
    legalBasis: z.enum(bases),
    purpose: z.enum(purposes),
    ...person(country, own, most, standing),
  }).refine(hasName, nameMissing);
const readableContact = kept((country: string, own: readonly CustomField[]) =>
  oldContact(country, own, lengths.notes)
);

/** A contact that is there already; what it holds that the form would refuse may stay. */
export function OldContact(country: string, contact: Contact, own: readonly CustomField[] = []) {
  const most = longestNotes(contact);
  const standing = standingOf(readableContact(country, own), {
    ...contact,
    ownerId: contact.ownerId ?? "",
    birthday: contact.birthday ?? "",
    companies: contact.companies.map((place) => ({ ...place, name: place.companyName })),
    custom: undefined,
  });
  return most > lengths.notes || Object.keys(standing).length > 0
    ? oldContact(country, own, most, standing)
    : readableContact(country, own);
}

type Fresh = z.output<ReturnType<typeof NewContact>>;
type Old = z.output<ReturnType<typeof OldContact>>;

/** What the click and its corrections come to. */
export function originOf(
  { t }: View,
  { origin, sourceDetail, legalBasis, purpose }: Fresh,
): Pick<ContactInput, "source" | "legalBasis" | "purpose"> & { collected: Collected } {
  const rule = origins[origin];
  const label = t(`contacts.origin_${origin}`);
  return {
    source: origin === "other" ? sourceDetail : [label, sourceDetail].filter(Boolean).join(": "),
    legalBasis: legalBasis || rule.legalBasis,
    purpose: purpose || rule.purpose,
    collected: rule.collected,
  };
}

/** What the fields come to. */
export function inputOf(
  value: Fresh | Old,
  origin: Pick<ContactInput, "source" | "legalBasis" | "purpose">,
  custom?: CustomInput,
): ContactInput {
  return {
    ...value,
    ...origin,
    custom,
    tags: tagNames(value),
    companies: value.companies.map(({ id, name, role, department, since, until }) => ({
      companyId: id || null,
      companyName: name,
      role,
      department,
      sinceOn: since,
      untilOn: until,
    })),
  };
}

/** How a stored contact stands in the form. */
export function valuesOf(
  contact: Contact,
  view: View,
  country: string,
  fields: readonly CustomField[] = [],
): FormState["values"] {
  const words = [
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
    "customerNumber",
    "status",
    "website",
    "notes",
    "source",
    "legalBasis",
    "purpose",
  ] as const;
  return {
    version: String(contact.version),
    ...Object.fromEntries(words.map((name) => [name, contact[name]])),
    ownerId: contact.ownerId ?? "",
    ...customTexts(fields, contact.custom, view),
    birthday: contact.birthday === null ? "" : birthdayWords(view, contact.birthday),
    ...spread(
      "companies",
      contact.companies.map((place) => ({
        id: place.companyId,
        name: place.companyName,
        role: place.role,
        department: place.department,
        since: place.sinceOn,
        until: place.untilOn,
      })),
    ),
    ...reachValues({ ...contact, phones: writtenPhones(contact.phones, view, country) }),
  };
}

/** Numbers as people write them, where that is read as the same number again. */
export const writtenPhones = (phones: Phone[], { format }: View, country: string): Phone[] =>
  phones.map(({ kind, number }) => {
    const written = format.phone(number);
    return { kind, number: toE164(written, country) === number ? written : number };
  });
