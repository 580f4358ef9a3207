/** The form of a company: what it may hold, what it becomes, and how a stored one fills it. */
import { z } from "zod";
import type { CustomField } from "../db/custom_fields.ts";
import type { CustomInput } from "../db/custom_values.ts";
import type { Company, CompanyInput } from "../db/companies.ts";
import { isId } from "../db/ids.ts";
import * as legalForms from "../db/legal_forms.ts";
import { lengths } from "../db/record_lengths.ts";
import * as vatIds from "../db/vat_ids.ts";
import type { FormState } from "../views/ui/form.tsx";
import type { View } from "../views/view.ts";
import { writtenPhones } from "./contact_forms.ts";
import { customSchema, customTexts } from "./custom_values.ts";
import * as fields from "./fields.ts";
import { longestNotes, maybe, reachValues, recordFields, tagNames } from "./records.ts";
import { type Standing, standingOf, stays } from "./standing_values.ts";

/** The legal forms that are offered while typing; any other text is taken as well. */
export const usualForms = [
  "GmbH",
  "GmbH & Co. KG",
  "UG (haftungsbeschränkt)",
  "AG",
  "KG",
  "OHG",
  "GbR",
  "e.K.",
  "e.V.",
  "eG",
  "PartG mbB",
  "SE",
] as const;

/** Format and check digit are checked locally; no other service is asked. */
const vatId = maybe(30).transform((value, context) => {
  if (value === "") return "";
  const found = vatIds.lookup(value);
  if (found?.valid) return found.number;
  const wrongDigit = found !== null && /^(DE\d{9}|ATU\d{8}|CHE\d{9}.*)$/.test(found.number);
  context.addIssue({ code: "custom", message: wrongDigit ? "vat_id" : "companies.vat_id_form" });
  return z.NEVER;
});

/** `hrb12345 b` becomes `HRB 12345 B`; registers of other countries stay as they are. */
const registerNumber = maybe(40).transform((value, context) => {
  const german = /^\s*(HR[AB]|PR|GnR|VR|GsR)\s*(.*)$/i.exec(value);
  if (!german) return value;
  const number = /^(\d{1,7})\s*([A-Z]{0,3})$/i.exec(german[2]!.trim());
  if (number) {
    const kind = { GNR: "GnR", GSR: "GsR" }[german[1]!.toUpperCase()] ?? german[1]!.toUpperCase();
    return [kind, number[1], number[2]!.toUpperCase()].filter(Boolean).join(" ");
  }
  context.addIssue({ code: "custom", message: "companies.register_number_invalid" });
  return z.NEVER;
});

const company = (
  country: string,
  own: readonly CustomField[],
  most: number,
  standing: Standing = {},
) =>
  z.object({
    id: z.string().optional(),
    _anyway: z.string().optional(),
    version: z.coerce.number().int().min(1).max(2_000_000_000).catch(1),
    name: stays(fields.name(200), standing.name),
    legalForm: stays(maybe(60), standing.legalForm),
    industry: stays(maybe(100), standing.industry),
    parentId: z.string().optional().transform((value) => value && isId(value) ? value : null),
    parentName: stays(maybe(200), standing.parentName),
    vatId: stays(vatId, standing.vatId),
    taxNumber: stays(maybe(30), standing.taxNumber),
    registerCourt: stays(maybe(100), standing.registerCourt),
    registerNumber: stays(registerNumber, standing.registerNumber),
    custom: customSchema(own),
    ...recordFields(country, most, standing),
  });
const readableCompany = fields.kept((country: string, own: readonly CustomField[]) =>
  company(country, own, lengths.notes)
);

/** A company, new or old; what it holds that the form would refuse may stay. */
export function CompanyFields(
  country: string,
  stored: Company | null,
  own: readonly CustomField[] = [],
) {
  const most = longestNotes(stored);
  const standing = stored === null ? {} : standingOf(readableCompany(country, own), {
    ...stored,
    ownerId: stored.ownerId ?? "",
    parentId: stored.parentId ?? "",
    parentName: stored.parentName ?? "",
    custom: undefined,
  });
  return most > lengths.notes || Object.keys(standing).length > 0
    ? company(country, own, most, standing)
    : readableCompany(country, own);
}

/** What the fields come to; a legal form left empty is read from the name. */
export function inputOf(
  value: z.output<ReturnType<typeof CompanyFields>>,
  custom?: CustomInput,
): CompanyInput {
  return {
    ...value,
    custom,
    legalForm: value.legalForm || legalForms.split(value.name).form,
    tags: tagNames(value),
  };
}

/** How a stored company stands in the form. */
export function valuesOf(
  company: Company,
  view: View,
  country: string,
  own: readonly CustomField[] = [],
): FormState["values"] {
  const words = [
    "name",
    "legalForm",
    "industry",
    "status",
    "customerNumber",
    "vatId",
    "taxNumber",
    "registerCourt",
    "registerNumber",
    "website",
    "notes",
  ] as const;
  return {
    parentId: company.parentName === null ? "" : company.parentId!,
    parentName: company.parentName ?? "",
    version: String(company.version),
    ...Object.fromEntries(words.map((name) => [name, company[name]])),
    ownerId: company.ownerId ?? "",
    ...customTexts(own, company.custom, view),
    ...reachValues({ ...company, phones: writtenPhones(company.phones, view, country) }),
  };
}
