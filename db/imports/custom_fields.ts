/**
 * Handles custom fields in imported files: which column is which, what a cell holds, who is named.
 */
import type { CustomField } from "../custom_fields.ts";
import * as persons from "../custom_persons.ts";
import { parse } from "../custom_texts.ts";
import type { Kind } from "../record_kinds.ts";
import type { Scope } from "../scope.ts";
import type { Cells } from "./cells.ts";
import type { Findings } from "./contact_points.ts";
import { read } from "./headings.ts";
import { type Plan, type PlanColumn, storesNumbers } from "./plans.ts";
import { problem } from "./problems.ts";
import type { ImportedRecord } from "./records.ts";
import type { Target } from "./targets.ts";

/** Marks the heading of a custom field that has the same name as a standard field. */
const mark = { de: " (eigenes Feld)", en: " (custom field)" } as const;
/** Those of files exported before 29 November 2026 are read as well. */
const marks = [mark.de, mark.en, " (own field)"];

/** The heading of a custom field in a table, by which an import recognises the field. */
export function headingOf({ labelDe, labelEn }: CustomField, locale: "de" | "en"): string {
  const label = locale === "en" && labelEn !== "" ? labelEn : labelDe;
  return read(label) === null ? label : label + mark[locale];
}

export const targetOf = ({ id }: CustomField): Target => `custom.${id}`;

/** The kinds of records whose custom fields a file of this kind can fill. */
const imported = (kind: Plan["kind"]): readonly Kind[] =>
  kind === "deals" ? ["deal"] : ["contact", "company"];

/**
 * The plan with columns assigned to custom fields by their headings: labels, marked if they equal a
 * standard heading, or names as machine-readable files have them. Removed fields are ignored.
 */
export function guess(plan: Plan, fields: readonly CustomField[]): Plan {
  const known = new Set(fields.map(targetOf));
  const taken = new Set<Target>();
  const columns = plan.columns.map((column): PlanColumn => {
    if (column.target.startsWith("custom.") && known.has(column.target)) return column;
    const field = column.secret ? undefined : fieldOf(plan, column.name, fields);
    const target = field && targetOf(field);
    if (target && !taken.has(target)) {
      taken.add(target);
      return { ...column, target, group: "", confidence: 1 };
    }
    return column.target.startsWith("custom.") ? { ...column, target: "ignore" } : column;
  });
  return { ...plan, columns };
}

function fieldOf(
  { kind }: Plan,
  heading: string,
  fields: readonly CustomField[],
): CustomField | undefined {
  const word = heading.trim().toLowerCase();
  const bare = marks.reduce((text, end) => text.replace(end.toLowerCase(), ""), word);
  const found = fields.filter(({ recordKind, name, labelDe, labelEn }) => {
    if (!imported(kind).includes(recordKind)) return false;
    if (word === `custom.${name}`) return true;
    const labels = [labelDe, labelEn].filter(Boolean).map((label) => label.toLowerCase());
    return labels.includes(bare) && (bare !== word || read(heading) === null);
  });
  const wanted: Kind = kind === "companies" ? "company" : "contact";
  return found.find(({ recordKind }) => recordKind === wanted) ?? found[0];
}

/** The values of a record's custom fields in the cells; invalid values give a warning. */
export function valuesOf(
  cells: Cells,
  kind: Kind,
  { fields = [], format }: Plan,
  findings: Findings,
): { custom: Record<string, string[]>; customWords: string[] } {
  const texts = new Map<CustomField, { text: string; column: string }>();
  for (const field of fields) {
    const cell = field.recordKind === kind ? cells.get(targetOf(field))?.[0] : undefined;
    if (cell) texts.set(field, { text: cell.text, column: cell.column.name });
  }
  return settle(texts, storesNumbers({ format }), findings);
}

/** The same for texts by field, as cards have them. */
export function settle(
  texts: ReadonlyMap<CustomField, { text: string; column: string }>,
  point: boolean,
  findings: Findings,
): { custom: Record<string, string[]>; customWords: string[] } {
  const custom: Record<string, string[]> = {};
  const customWords: string[] = [];
  for (const [field, { text, column }] of texts) {
    // The apostrophe with which our own files keep spreadsheets from running a text.
    const values = parse(field, text.replace(/^'(?=[=+\-@])/, ""), { point });
    if (values === null) {
      findings.warnings.push(problem(findings.row, column, text, "own_field_invalid"));
    } else if (values.length > 0) {
      custom[field.id] = values;
      customWords.push(...wordsOf(field, values));
    }
  }
  return { custom, customWords };
}

/** The search words of a record, composed as by `refresh_contact_search` of the schema. */
function wordsOf({ kind, choices, unsearched }: CustomField, values: readonly string[]): string[] {
  if (unsearched) return [];
  if (kind === "choice" || kind === "choices") {
    return choices.filter(({ id }) => values.includes(id))
      .flatMap(({ labelDe, labelEn }) => [labelDe, labelEn]);
  }
  return ["text", "long_text", "number", "money", "link"].includes(kind)
    ? values.map((value) => value.slice(0, 1000))
    : [];
}

/** Finds persons named by rows among existing ones; unknown or ambiguous ones give a warning. */
export async function findPersons(
  scope: Scope,
  batch: readonly ImportedRecord[],
  fields: readonly CustomField[],
): Promise<void> {
  const named = fields.filter(({ kind }) => kind === "person");
  if (named.length === 0) return;
  const asked = batch.flatMap((record) =>
    [record.contact, ...record.companies, record.deal].flatMap((subject) =>
      subject ? named.flatMap(({ id }) => subject.custom[id] ? [{ record, subject, id }] : []) : []
    )
  );
  const found = await persons.resolveAll(
    scope,
    asked.map(({ subject, id }) => subject.custom[id]![0]!),
  );
  for (const { record, subject, id } of asked) {
    const text = subject.custom[id]![0]!;
    const person = found.get(text);
    if (person) subject.custom[id] = [person];
    else {
      delete subject.custom[id];
      record.warnings.push(problem(record.row, "", text, "own_field_person"));
    }
  }
}
