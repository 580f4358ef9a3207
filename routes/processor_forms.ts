/** The operator's forms about processors: reading them, and filling them in again. */
import { z } from "zod";
import * as countries from "../db/countries.ts";
import type { ProcessorInput } from "../db/processor_entries.ts";
import { dataCategories, type DataCategory, type Processor } from "../db/processors.ts";
import type { FormState } from "../views/ui/form.tsx";
import * as fields from "./fields.ts";

/** A country as people write it; the Union itself is one place too. */
const codeOf = (text: string): string | null =>
  /^(eu|europäische union|european union)$/i.test(text.trim()) ? "EU" : countries.lookup(text);

const country = fields.name(60).transform((text, context) => {
  const code = codeOf(text);
  if (code) return code;
  context.addIssue({ code: "custom", message: "option" });
  return z.NEVER;
});

const several = fields.name(300).transform((text, context) => {
  const codes = text.split(/[,;]/).map((each) => each.trim()).filter(Boolean).map(codeOf);
  if (codes.length === 0 || codes.length > 30 || codes.includes(null)) {
    context.addIssue({ code: "custom", message: "option" });
    return z.NEVER;
  }
  return [...new Set(codes as string[])];
});

const day = z.string().optional().transform((text) => text?.trim() || null)
  .pipe(fields.day.nullable());

const server = /^([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?):(\d{1,5})$/i;

const hosts = z.string().max(4_000).optional().transform((text, context) => {
  const lines = (text ?? "").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const found = lines.map((line) => server.exec(line));
  if (
    lines.length > 20 ||
    found.some((each) => !each || Number(each[2]) < 1 || Number(each[2]) > 65_535)
  ) {
    context.addIssue({ code: "custom", message: "processors.host" });
    return z.NEVER;
  }
  return found.map((each) => ({ host: each![1]!.toLowerCase(), port: Number(each![2]) }));
});

const SubProcessor = z.object({
  name: fields.line(200).optional().default(""),
  service: fields.line(200).optional().default(""),
  country: z.string().optional().default(""),
}).transform((row, context) => {
  if (!row.name && !row.country.trim() && !row.service) return null;
  const code = codeOf(row.country);
  if (!row.name) context.addIssue({ code: "custom", message: "required", path: ["name"] });
  if (!code) {
    const message = row.country.trim() ? "option" : "required";
    context.addIssue({ code: "custom", message, path: ["country"] });
  }
  return { name: row.name, service: row.service, country: code ?? "" };
});

/** An entry of the register as it was typed. */
export const Entry = z.object({
  id: z.string().optional().default(""),
  version: z.coerce.number().int().optional().default(0),
  name: fields.name(),
  role: z.enum(["processor", "controller"], "option"),
  serviceDe: fields.name(500),
  serviceEn: fields.name(500),
  dataCategories: z.preprocess(
    (value) => value === undefined ? [] : Array.isArray(value) ? value : [value],
    z.array(z.string()).min(1, "required").max(20).transform((list, context) => {
      const known = list.filter((each): each is DataCategory =>
        (dataCategories as readonly string[]).includes(each)
      );
      // One fault for the whole group, beside its legend.
      if (known.length < list.length) context.addIssue({ code: "custom", message: "option" });
      return known;
    }),
  ),
  processingCountries: several,
  seatCountry: country,
  parentCountry: z.string().optional().transform((text) => text?.trim() ?? "")
    .pipe(z.union([z.literal("").transform(() => null), country])),
  location: fields.line(200).optional().default(""),
  agreementOn: day,
  reviewedOn: day,
  subProcessors: z.array(SubProcessor).max(100).optional().default([]),
  hosts,
  reason: fields.line(500).optional().default(""),
});

/** What the register stores about an entry. */
export function inputOf(entry: z.output<typeof Entry>): ProcessorInput {
  const { id: _, version: __, reason: ___, subProcessors, ...fields } = entry;
  return { ...fields, subProcessors: subProcessors.filter((each) => each !== null) };
}

/** The form of an entry that is there. */
export function formOf(processor: Processor, locale: string): FormState {
  const written = (code: string | null) =>
    code === null ? "" : code === "EU" ? "EU" : countries.name(code, locale);
  const values: FormState["values"] = {
    id: processor.id,
    version: String(processor.version),
    name: processor.name,
    role: processor.role,
    serviceDe: processor.serviceDe,
    serviceEn: processor.serviceEn,
    dataCategories: [...processor.dataCategories],
    processingCountries: processor.processingCountries.map(written).join(", "),
    seatCountry: written(processor.seatCountry),
    parentCountry: written(processor.parentCountry),
    location: processor.location,
    agreementOn: processor.agreementOn ?? "",
    reviewedOn: processor.reviewedOn ?? "",
    hosts: processor.hosts.map(({ host, port }) => `${host}:${port}`).join("\n"),
  };
  processor.subProcessors.forEach((each, index) => {
    values[`subProcessors.${index}.name`] = each.name;
    values[`subProcessors.${index}.service`] = each.service;
    values[`subProcessors.${index}.country`] = written(each.country);
  });
  return { values, errors: {} };
}
