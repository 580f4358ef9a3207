/** What the routes of records share: fields read, forms compared. */
import { z } from "zod";
import * as choices from "../db/choices.ts";
import type { ContactPoints } from "../db/contact_points.ts";
import { isId } from "../db/ids.ts";
import { severalLines } from "../db/text_lines.ts";
import { refused } from "../db/field_rights.ts";
import * as phones from "../db/phones.ts";
import type { Kind } from "../db/record_kinds.ts";
import { lengths } from "../db/record_lengths.ts";
import type { Scope } from "../db/scope.ts";
import * as websites from "../db/websites.ts";
import type { Difference } from "../views/records/fields.tsx";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";
import { statuses, text } from "./lists.ts";
import { type Standing, stays } from "./standing_values.ts";
import type { Ctx } from "./web.tsx";

/** The tenant's country: what national telephone numbers are read by. */
export const country = (c: Ctx): string => c.var.session?.tenantCountry ?? "DE";

/** Several lines of text. */
export const lines = (most: number) =>
  z.string().optional().default("").transform(severalLines).pipe(z.string().max(most));

/** Lines of a letter: its paper is set while its reader waits, and the time grows with their square. */
const mostLines = 2_000;

/** The body of a letter: about forty pages. */
export const letterBody = lines(50_000).refine(
  (text) => text.split("\n", mostLines + 1).length <= mostLines,
  `too_many_lines?max=${mostLines}`,
);

/** One line of text that may be missing. */
export const maybe = (most: number) => z.string().optional().default("").pipe(fields.line(most));

/**
 * A calendar day as date fields send it, or null. They take years of two digits for the first
 * century and of five as they are: neither is meant.
 */
export const day = z.string().optional().default("").transform((text, context) => {
  // Any length is judged here: a fault of the length alone would let the row be compared by it.
  const value = text.trim();
  if (value === "") return null;
  try {
    const day = Temporal.PlainDate.from(value, { overflow: "reject" });
    if (day.year < 1900 || day.year > 2199) throw new RangeError("no year of ours");
    return day.toString();
  } catch {
    context.addIssue({ code: "custom", message: "date" });
    return z.NEVER;
  }
});

/** A web address; the scheme may be left out, and none but http and https is taken. */
const website = maybe(lengths.website).transform((value, context) => {
  if (value === "") return "";
  const address = websites.addressOf(value);
  if (address !== null) return address;
  context.addIssue({ code: "custom", message: "url" });
  return z.NEVER;
});

const emailRow = (standing: Standing) =>
  z.object({
    address: stays(
      z.string().optional().default("").pipe(
        z.union([z.string().trim().length(0), fields.personEmail], "email"),
      ),
      standing["emails.address"],
    ),
    kind: z.enum(["work", "home", "other"]).catch("work"),
  });

const phoneRow = (country: string, standing: Standing) =>
  z.object({
    number: stays(
      maybe(lengths.phone).transform((value, context) => {
        if (value === "") return value;
        const number = phones.toE164(value, country);
        if (number) return number;
        context.addIssue({ code: "custom", message: "phone" });
        return z.NEVER;
      }),
      standing["phones.number"],
    ),
    kind: z.enum(["work", "mobile", "home", "fax", "other"]).catch("work"),
  });

const addressRow = (standing: Standing) => {
  const may = <S extends z.ZodType>(name: string, field: S) =>
    stays(field, standing[`addresses.${name}`]);
  return z.object({
    kind: z.enum(["work", "home", "billing", "shipping", "visit", "other"]).catch("work"),
    street: may("street", maybe(lengths.street)),
    extra: may("extra", lines(lengths.extra)),
    poBox: may("poBox", maybe(lengths.poBox)),
    postalCode: may("postalCode", maybe(lengths.postalCode)),
    city: may("city", maybe(lengths.city)),
    region: may("region", maybe(lengths.region)),
    country: may("country", z.string().regex(/^([A-Z]{2})?$/, "option").optional().default("")),
  });
};

/** The tags that were ticked, by name. */
export const tagsTicked = z.union([z.string(), z.array(z.string())]).optional()
  .transform((value) => [value ?? []].flat());

/** How long notes may be: those that a merge joined may stay as long as they are. */
export const longestNotes = (stored: { notes: string } | null): number =>
  Math.max(lengths.notes, stored?.notes.length ?? 0);

/**
 * The fields that contacts and companies share. The texts of `standing` may stay as they are; `most`
 * is the length of notes.
 */
export const recordFields = (country: string, most: number, standing: Standing) => ({
  status: z.enum(statuses).optional().default("lead"),
  ownerId: z.string().optional().default("").transform((value) => value || null)
    .refine((value) => value === null || isId(value), "option"),
  customerNumber: stays(maybe(lengths.customerNumber), standing.customerNumber),
  website: stays(website, standing.website),
  notes: lines(most),
  tags: tagsTicked,
  newTags: maybe(400),
  emails: rows(emailRow(standing)).transform((all) =>
    once(all.filter(({ address }) => address !== ""))
  ),
  phones: rows(phoneRow(country, standing)).transform((all) =>
    all.filter(({ number }) => number !== "")
  ),
  addresses: rows(addressRow(standing)).transform((all) =>
    all.filter((each) => each.street || each.poBox || each.postalCode || each.city || each.extra)
  ),
});

/** Each address once, the first as it was written: in another case it is the same mailbox. */
const once = <Row extends { address: string }>(all: Row[]): Row[] =>
  all.filter(({ address }, at) =>
    all.findIndex((each) => each.address.toLowerCase() === address.toLowerCase()) === at
  );

/** A group of rows; a missing group has none. */
export const rows = <S extends z.ZodType>(row: S) => z.array(row).max(50).optional().default([]);

/** The tags ticked and typed, each once. */
export function tagNames({ tags, newTags }: { tags: string[]; newTags: string }): string[] {
  const names = [...tags, ...newTags.split(/[,;]/)]
    .map((name) => text(name).slice(0, 60).trim()).filter(Boolean);
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()].slice(0, 50);
}

/** The values of a form for what contacts and companies share. */
export function reachValues(record: ContactPoints & { tags: string[] }): FormState["values"] {
  return {
    ...spread("emails", record.emails),
    ...spread("phones", record.phones),
    ...spread("addresses", record.addresses),
    tags: record.tags,
    newTags: "",
  };
}

/** Rows as dotted names: `emails.0.address`. */
export function spread(group: string, all: readonly object[]): FormState["values"] {
  return Object.fromEntries(
    all.flatMap((row, index) =>
      Object.entries(row).map(([name, value]) => [`${group}.${index}.${name}`, String(value ?? "")])
    ),
  );
}

/** Fields no person fills in, which no conflict is about. */
const silent = /^(id|version|_.*|newTags|companyId|parentId|contactIds|companies\.\d+\.id)$/;

/** A fault for each field sent that the role may not write; none of them is on its forms. */
export const closedFaults = (
  scope: Scope,
  kind: Kind,
  { values }: FormState,
): Record<string, string> =>
  Object.fromEntries(
    refused(scope, kind, Object.keys(values)).map((name) => [name, "field_rights.read_only"]),
  );

/** The fields in which the form as sent and the record as it stands differ; closed ones it did not have. */
export function differences(
  mine: FormState["values"],
  theirs: FormState["values"],
  closed: readonly string[] = [],
): Difference[] {
  const words = (side: FormState["values"], name: string) =>
    isBlankRow(side, name) ? "" : [side[name] ?? ""].flat().sort().join(", ");
  return [...new Set([...Object.keys(theirs), ...Object.keys(mine)])]
    .filter((name) => !silent.test(name) && !closed.includes(name))
    .map((name) => ({ name, mine: words(mine, name), theirs: words(theirs, name) }))
    .filter((each) => each.mine.replaceAll("\r", "") !== each.theirs);
}

/** Whether a kind stands in a row without anything else: the form offers one to be filled. */
function isBlankRow(side: FormState["values"], name: string): boolean {
  const row = /^(\w+\.\d+\.)kind$/.exec(name)?.[1];
  return row !== undefined &&
    !Object.entries(side).some(([other, value]) =>
      other !== name && other.startsWith(row) && value !== ""
    );
}

/** The fault of an owner who cannot be one. */
export const ownerFault = { ownerId: "records.owner_unknown" };

/** Whether the user may own records; having no owner is allowed too. */
export async function ownerKnown(scope: Scope, id: string | null): Promise<boolean> {
  if (id === null) return true;
  const { owners } = await choices.list(scope);
  return owners.some((owner) => owner.id === id);
}
