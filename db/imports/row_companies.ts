/** Builds the company that a row names from its cells. */

import { isGivenName } from "../given_names.ts";
import * as legalForms from "../legal_forms.ts";
import * as vatIds from "../vat_ids.ts";
import { type Cells, cut, first } from "./cells.ts";
import type { Findings } from "./contact_points.ts";
import * as nameKinds from "./name_kinds.ts";
import { problem } from "./problems.ts";
import { websiteOf } from "./reach.ts";
import { blankCompany, type ImportedCompany } from "./records.ts";
import type { Target } from "./targets.ts";

/** The company of this name with its own fields; contact details are added later. */
export function companyFrom(cells: Cells, name: string, findings: Findings): ImportedCompany {
  const whole = name.replace(/(?<!\s)\s*\n\s*/g, " ");
  // HubSpot's "Nest GmbH (nest.example)"; "(i.Gr)" and "(Inh.Maier)" are parts of a name.
  const [, bare, domain = ""] =
    /^(\S.{0,150}) \(((?:[a-z\d-]{1,60}\.){1,4}[a-z]{2,12})\)$/.exec(whole) ?? [];
  const tidy = bare ?? whole;
  const full = [tidy, nameExtra(cells).more].filter(Boolean).join(" ");
  const company: ImportedCompany = {
    ...blankCompany(),
    name: full,
    legalForm: legalForms.split(tidy).form || legalForms.split(full).form ||
      first(cells, "company.legalForm").replace(/^\d+$/, ""),
    vatId: vatIdOf(cells, findings),
    taxNumber: first(cells, "company.taxNumber"),
    registerCourt: first(cells, "company.registerCourt"),
    registerNumber: first(cells, "company.registerNumber"),
    customerNumber: first(cells, "company.customerNumber"),
    industry: first(cells, "company.industry"),
    parent: first(cells, "company.parent"),
    website: websiteOf(first(cells, "company.website")) || domain,
    notes: first(cells, "company.notes"),
  };
  return company;
}

/** The company of a row, or all those for which its person works. */
export function companiesFrom(
  cells: Cells,
  name: string,
  person: unknown,
  findings: Findings,
): ImportedCompany[] {
  const [own = name, ...others] = person ? severalIn(name) : [name];
  const more = others.map((other): ImportedCompany => ({
    ...blankCompany(),
    name: other,
    legalForm: legalForms.split(other).form,
  }));
  return [companyFrom(cells, own, findings), ...more];
}

/**
 * "Amsel GmbH / Horst AG" names two; a single name with such a sign has a legal form only at its
 * end.
 */
function severalIn(text: string): string[] {
  if (!/[/|;,\n]/.test(text)) return [text];
  const parts = text.split(/[\n|;,/]/).map((part) => part.trim()).filter(Boolean);
  const isName = (part: string) => {
    const { form, base } = legalForms.split(part);
    return form !== "" && base !== "";
  };
  return parts.length > 1 && parts.length < 6 && parts.every(isName) ? parts : [text];
}

const careOf = /^c\/o\b/i;
const named: readonly Target[] = ["fullName", "name", "lastName"];

/**
 * "c/o Amsel" behind a name or in a second line of it belongs to the address; what stands behind the
 * name of somebody without one is noted.
 */
export function placeCareOf(cells: Cells): void {
  for (const target of named) {
    const [cell, ...rest] = cells.get(target) ?? [];
    // First, because it is asked of every row.
    const at = cell?.text.includes("/") ? cell.text.search(/,? c\/o /i) : -1;
    if (!cell || at < 1) continue;
    const care = { ...cell, text: cell.text.slice(at).replace(/^,? /, "") };
    cells.set(target, [{ ...cell, text: cell.text.slice(0, at) }, ...rest]);
    const whither = placeOf(cells) ? "company.nameExtra" : "notes";
    cells.set(whither, [...cells.get(whither) ?? [], care]);
  }
  place(cells, (text) => careOf.test(text));
}

/** The second line of a person without a company belongs to the address, but for their own name. */
export function placeExtra(cells: Cells, name: string): void {
  const own = name.toLowerCase();
  const names = (word: string) => word.length > 2 && own.includes(word);
  place(cells, (text) => !text.toLowerCase().split(/[^\p{L}]+/u).some(names));
}

/** The first column of the row's address. */
const placeOf = (cells: Cells): Target | undefined =>
  [...cells.keys()].find((target) => /^address\..*(?:street|whole|city)$/.test(target));

function place(cells: Cells, fits: (text: string) => boolean): void {
  const found = cells.get("company.nameExtra");
  const street = placeOf(cells);
  const lines = found?.filter(({ text }) => fits(text)) ?? [];
  if (!found || !street || lines.length === 0) return;
  const { group } = cells.get(street)![0]!.column;
  const rest = found.filter((line) => !lines.includes(line));
  if (rest.length === 0) cells.delete("company.nameExtra");
  else cells.set("company.nameExtra", rest);
  const extra = `${street.slice(0, street.lastIndexOf(".") + 1)}extra` as Target;
  const moved = lines.map((line) => ({ ...line, column: { ...line.column, group } }));
  cells.set(extra, [...moved, ...cells.get(extra) ?? []]);
}

/** "Karla Amsel" below "Amsel Bau GmbH", whose name ends with its legal form; otherwise empty. */
function personOf(text: string, company: string): string {
  const words = text.split(" ");
  const isName = words.length === 2 && isGivenName(words[0]!) &&
    /^\p{Lu}\p{Ll}[\p{L}-]*$/u.test(words[1]!) && !nameKinds.namesCompany(text);
  const { form } = legalForms.split(company);
  return isName && form !== "" && company.endsWith(form) ? text : "";
}

/** A second line of the name, which may be for somebody's attention, or name a department. */
export function nameExtra(cells: Cells): { more: string; attention: string; department: string } {
  const text = first(cells, "company.nameExtra");
  if (text === "") return { more: "", attention: "", department: "" };
  const attention = /^(?:z\.? ?hd?\.?(?: v\.)?|zu h[äa]nden(?: von)?|att(?:n|ention)?)[.:]? +(.+)$/i
    .exec(text)?.[1] ?? personOf(text, first(cells, "company.name"));
  const department = /^abt(?:\.|eilung) *(.+)$/i.exec(text)?.[1] ?? "";
  return { more: attention || department ? "" : text, attention, department };
}

/** Warns about a VAT number without a company, which cannot be stored. */
export function warnAboutCompany(cells: Cells, findings: Findings): void {
  for (const target of ["company.vatId", "company.taxNumber", "company.registerNumber"] as const) {
    const cell = cells.get(target)?.[0];
    if (!cell) continue;
    findings.warnings.push(problem(findings.row, cell.column.name, cell.text, "company_missing"));
  }
}

function vatIdOf(cells: Cells, findings: Findings): string {
  const cell = cells.get("company.vatId")?.[0];
  if (!cell) return "";
  // DATEV stores the country separately from the number.
  const prefix = /^\s*\d/.test(cell.text) ? first(cells, "company.vatCountry") : "";
  const found = vatIds.lookup(prefix + cell.text);
  if (!found?.valid) {
    findings.warnings.push(problem(findings.row, cell.column.name, cell.text, "vat_id_invalid"));
  }
  return found?.number ?? cut(cell.text, 40);
}
