/** Companies in the API: the same input as in forms, with duplicates reported first. */
import { z } from "zod";
import * as companies from "../../db/companies.ts";
import { rewriteInstant } from "../../db/instants.ts";
import { asksFirst, type Written } from "../../db/record_lists.ts";
import * as lists from "../../db/company_lists.ts";
import { CompanyFields, inputOf } from "../company_forms.ts";
import { companiesAs } from "../duplicates.tsx";
import { statuses } from "../lists.ts";
import { ownerKnown } from "../records.ts";
import type { Ctx } from "../web.tsx";
import { refused, shaped } from "./bodies.ts";
import { callerOf } from "./callers.ts";
import { Custom, customOf, customValuesOf } from "./custom_values.ts";
import * as fields from "./fields.ts";
import { filters, wantedBy } from "./listing.ts";
import { assertNew, companyName } from "./references.ts";
import { resource } from "./resources.ts";

const { text } = fields;

const firm = {
  name: text(200).min(1),
  legalForm: text(60).meta({ description: "If empty, it is read from the name" }),
  industry: text(100),
  parentId: fields.id.nullable().meta({ description: "The company that this one belongs to" }),
  vatId: text(30).meta({ description: "Format and check digit are verified" }),
  taxNumber: text(30),
  registerCourt: text(100),
  registerNumber: text(40),
  ...fields.reach,
};

const Change = fields.partial({ ...firm, custom: Custom }).meta({ id: "CompanyChange" });

const Create = fields.partial({ ...firm, custom: Custom }).extend({
  name: firm.name,
  allowDuplicate: z.boolean().optional().meta({
    description: "Create the record even if there are possible duplicates",
  }),
}).meta({ id: "CompanyCreate" });

const Item = fields.hideable({
  ...fields.base,
  ...firm,
  custom: Custom,
  parentName: z.string().nullable(),
  ...fields.traces,
}, ["taxNumber", "registerCourt", "registerNumber", "notes"]).meta({ id: "Company" });

const Row = z.strictObject({
  id: fields.id,
  name: z.string(),
  industry: z.string(),
  customerNumber: z.string(),
  status: z.enum(statuses),
  ownerId: fields.id.nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  city: z.string().nullable(),
  tags: z.array(z.string()),
  lastTouchAt: fields.instant,
  createdAt: fields.instant,
}).meta({ id: "CompanyRow" });

/** The writable fields with their current values; a parent in the trash is left out. */
const changeable = (company: companies.Company) => ({
  ...Object.fromEntries(
    Object.keys(firm).map((name) => [name, company[name as keyof typeof company]]),
  ) as { [Name in keyof typeof firm]: companies.Company[Name] },
  parentId: company.parentName === null ? null : company.parentId,
});

async function find(c: Ctx, id: string) {
  const company = await companies.find(c.var.scope, id);
  return {
    id: company.id,
    version: company.version,
    ...changeable(company),
    custom: await customValuesOf(c, "company", company.custom),
    parentName: company.parentName,
    lastTouchAt: company.lastTouchAt,
    createdAt: company.createdAt,
    updatedAt: company.updatedAt,
  };
}

/** A body as the form of the pages reads it, whose rules hold here as well. */
async function formOf(c: Ctx, { parentId, ownerId, ...body }: z.output<typeof Change>) {
  const parent = { companyId: parentId ?? null, companyName: "" };
  return {
    ...body,
    ownerId: ownerId ?? "",
    parentId: parentId ?? undefined,
    parentName: await companyName(c, parent, "/parentId"),
  };
}

export default resource({
  noun: "companies",
  limited: "company",
  merged: "company",
  rights: { read: "companies.read", write: "companies.write", remove: "companies.delete" },
  filters: filters.company,
  wanted: (c) => wantedBy(c, "company"),
  schemas: { Create, Change, Item, Row },
  list: (c, { filter, order, cursor, size }) =>
    lists.listWritten(c.var.scope, filter, order, cursor, size),
  asksFirst: (c, { filter, order, cursor }) =>
    asksFirst(c.var.scope, "company", filter, order, cursor),
  rowOf: ({ summary, ...row }: Written<lists.CompanyRow>) => ({
    ...row,
    email: summary.email ?? null,
    phone: summary.phone ?? null,
    city: summary.city ?? null,
    tags: summary.tags ?? [],
    lastTouchAt: rewriteInstant(row.lastTouchAt),
    createdAt: rewriteInstant(row.createdAt),
  }),
  find,
  async create(c, id, { allowDuplicate, custom: own, ...body }) {
    const { scope } = c.var;
    const form = await formOf(c, body);
    const value = shaped(c, CompanyFields(callerOf(c).tenantCountry, null), form);
    const input = inputOf(value, await customOf(c, "company", own, { fresh: true }));
    if (!await ownerKnown(scope, input.ownerId)) {
      throw refused(c, "/ownerId", "records.owner_unknown");
    }
    if (!allowDuplicate) assertNew(await companiesAs(scope, form));
    await companies.create(scope, id, input);
  },
  async update(c, id, { custom: own, ...body }) {
    const { scope } = c.var;
    const company = await companies.find(scope, id);
    const form = await formOf(c, { ...changeable(company), ...body });
    const schema = CompanyFields(callerOf(c).tenantCountry, company);
    const value = shaped(c, schema, form);
    const input = inputOf(value, await customOf(c, "company", own, { fresh: false }));
    if (input.ownerId !== company.ownerId && !await ownerKnown(scope, input.ownerId)) {
      throw refused(c, "/ownerId", "records.owner_unknown");
    }
    await companies.update(scope, id, company.version, input);
  },
  remove: (c, id) => companies.remove(c.var.scope, id),
});
