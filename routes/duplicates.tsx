/** Duplicates shown before they are created: what a form holds so far, and which records match. */
import { z } from "zod";
import * as dealDuplicates from "../db/duplicate_deals.ts";
import * as duplicates from "../db/duplicates.ts";
import { most as mostPersons } from "../db/deal_contacts.ts";
import { isId } from "../db/ids.ts";
import { toE164 } from "../db/phones.ts";
import type { Scope } from "../db/scope.ts";
import { lookup } from "../db/vat_ids.ts";
import { Duplicates } from "../views/records/duplicates.tsx";
import type { FormState } from "../views/ui/form.tsx";
import { may, scoped, signedIn } from "./guards.ts";
import { text } from "./lists.ts";
import { country } from "./records.ts";
import { type Ctx, nest, readForm, web } from "./web.tsx";

/** Half-typed values are no faults here: whatever cannot be read is empty. */
const typed = z.string().catch("").transform(text);
const rows = <S extends z.ZodType>(row: S) => z.array(row).max(50).catch([]);

const Person = z.object({
  id: typed,
  firstName: typed,
  lastName: typed,
  emails: rows(z.object({ address: typed })),
  phones: rows(z.object({ number: typed })),
  companies: rows(z.object({ name: typed })),
  addresses: rows(z.object({ city: typed, postalCode: typed })),
});

const Company = z.object({
  id: typed,
  name: typed,
  vatId: typed,
  website: typed,
  emails: rows(z.object({ address: typed })),
});

const Deal = z.object({
  id: typed,
  copyOf: typed,
  title: typed,
  companyName: typed,
  contactIds: z.preprocess(
    (ids) => [ids ?? []].flat().filter((id) => typeof id === "string" && isId(id)),
    z.array(z.string()).transform((ids) => ids.slice(0, mostPersons)),
  ),
});

const filled = (values: readonly string[]) => values.filter((value) => value.length > 1);
const self = ({ id }: { id: string }) => isId(id) ? id : null;

/** Persons like the one in a form's values. */
export const contactsLike = (c: Ctx, values: FormState["values"]) =>
  contactsAs(c.var.scope, country(c), nest(values));

/** The same of values that are nested already; `country` reads national telephone numbers. */
export async function contactsAs(
  scope: Scope,
  country: string,
  values: Record<string, unknown>,
): Promise<duplicates.Duplicate[]> {
  const draft = Person.parse(values);
  return await duplicates.listContacts(scope, {
    firstName: draft.firstName,
    lastName: draft.lastName,
    emails: filled(draft.emails.map(({ address }) => address)),
    phones: draft.phones.map(({ number }) => toE164(number, country)).filter((e) => e !== null),
    companies: filled(draft.companies.map(({ name }) => name)),
    cities: filled(draft.addresses.map(({ city }) => city)),
    postalCodes: filled(draft.addresses.map(({ postalCode }) => postalCode)),
  }, self(draft));
}

/** Companies like the one in a form's values. */
export const companiesLike = (c: Ctx, values: FormState["values"]) =>
  companiesAs(c.var.scope, nest(values));

/** The same of values that are nested already. */
export async function companiesAs(
  scope: Scope,
  values: Record<string, unknown>,
): Promise<duplicates.Duplicate[]> {
  const draft = Company.parse(values);
  const { name, website } = draft;
  const vatId = lookup(draft.vatId)?.number ?? "";
  const emails = filled(draft.emails.map(({ address }) => address));
  return await duplicates.listCompanies(
    scope,
    { name, website, vatId, emails },
    self(draft),
  );
}

/** Open deals like the one in a form's values; none where one is copied on purpose. */
export async function dealsLike(
  c: Ctx,
  values: FormState["values"],
): Promise<duplicates.Duplicate[]> {
  const draft = Deal.parse(values);
  return draft.copyOf === "" ? await dealDuplicates.list(c.var.scope, draft, self(draft)) : [];
}

const Anything = z.record(z.string(), z.unknown());

export default web.createApp()
  .use(signedIn, scoped)
  .post("/contacts", may("contacts.write"), async (c) => {
    const { form } = await readForm(c, Anything);
    const found = await contactsLike(c, form.values);
    return c.html(<Duplicates view={c.var.view} noun="contacts" found={found} />);
  })
  .post("/companies", may("companies.write"), async (c) => {
    const { form } = await readForm(c, Anything);
    const found = await companiesLike(c, form.values);
    return c.html(<Duplicates view={c.var.view} noun="companies" found={found} />);
  })
  .post("/deals", may("deals.write"), async (c) => {
    const { form } = await readForm(c, Anything);
    const found = await dealsLike(c, form.values);
    return c.html(<Duplicates view={c.var.view} noun="deals" found={found} />);
  });
