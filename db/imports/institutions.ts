/**
 * Handles lists headed by a kind of institution or profession: "Amt; Ansprechpartner/in", "Praxis;
 * Arzt", "Gemeinde; Bürgermeister/in".
 */

import * as personNames from "../person_names.ts";
import { areNames } from "./column_checks.ts";
import { saysPerson, words } from "./headings.ts";
import type { Column } from "./mappings.ts";
import { kindOf, looksPersonal } from "./name_kinds.ts";
import type { PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

const professions = new Set(
  ("arzt aerzt chefarzt chefaerzt oberarzt oberaerzt hausarzt hausaerzt zahnarzt zahnaerzt facharzt fachaerzt kinderarzt tierarzt tieraerzt " +
    "praxisinhaber apotheker therapeut psychotherapeut physiotherapeut hebamme rechtsanwalt " +
    "rechtsanwaelt anwalt anwaelt notar steuerberater wirtschaftspruefer architekt makler " +
    "buergermeister oberbuergermeister landrat landraet ortsvorsteher gemeindepraesident " +
    "stadtpraesident gemeindeammann pfarrer pfarrperson pastor dekan rektor direktor " +
    "filialleiter marktleiter niederlassungsleiter werkstattleiter kuechenchef doctor physician " +
    "dentist mayor headteacher principal").split(" "),
);
const kinds = new Set(
  ("amt behoerde gemeinde stadt kommune landkreis schule schulen kita kindergarten kindertagesstaette " +
    "krippe hort klinik klinikum krankenhaus spital apotheke hotel restaurant gasthof gasthaus " +
    "gaststaette pflegeheim seniorenheim altenheim museum bibliothek buecherei theater kirchengemeinde " +
    "pfarrei pfarramt hochschule universitaet institut werkstatt autohaus bildungseinrichtung " +
    "kirche kloster verlag labor school municipality clinic hospital pharmacy").split(" "),
);
/** Kinds of place that are part of an address as well. */
const town = /^(?:gemeinde|stadt|kommune|municipality)$/;
/** What an office is called; "Amt" heads a column of functions as well. */
const office =
  /amt\b|beh[öo]e?rde|stelle\b|verwaltung|fachbereich|fachdienst|dezernat|referat|abteilung|ministerium|gericht|polizei|feuerwehr|kasse\b|agentur|center|zentrum|b[üu]e?ro\b/i;

/** "Ärztin/Arzt", "Bürgermeister*in": all words name a profession. */
function isProfession(heading: string): boolean {
  const said = words(heading).filter((word) => !/^(?:in|innen|name|oder|und|der|die)$/.test(word));
  return said.length > 0 && said.every((word) => professions.has(word.replace(/in$/, "")));
}

const isKind = (heading: string): boolean => kinds.has(words(heading).join(""));

/** A company of such people, unlike one that only has a tax adviser. */
const practice =
  /praxis|kanzlei|ordination|apotheke|b[üu]e?ro|zentrum|einrichtung|dienststelle|notariat|filiale|gemeinde|stadt|schul|klini[kc]|krankenhaus|practice|hospital/i;

/** A name of several parts or with a title; a few may be missing or odd. */
function arePersons(cells: readonly string[]): boolean {
  const filled = cells.filter(Boolean);
  const persons = filled.filter((cell) =>
    kindOf(cell) === "person" || looksPersonal(cell) || personNames.split(cell).title !== ""
  );
  return filled.length > 0 && persons.length > filled.length * 0.6;
}

/** Gives such columns their targets, where no other column says who or which company is meant. */
export function settle(plan: PlanColumn[], columns: readonly Column[]): void {
  const put = (at: number, target: Target) =>
    Object.assign(plan[at]!, { target, group: "", confidence: 0.8 });
  const has = (...targets: Target[]) => plan.some(({ target }) => targets.includes(target));
  const cellsOf = (at: number) => columns[at]!.cells;
  const named = has("name", "company.name");
  const place = named
    ? -1
    : plan.findIndex(({ name, target }, at) =>
      isKind(name) && isFree(name, target, plan) &&
      areInstitutions(name, cellsOf(at), plan, columns)
    );
  const fits = place >= 0 || !named ||
    plan.some(({ name, target }) => /^(?:company\.)?name$/.test(target) && practice.test(name));
  const leader = has("firstName", "lastName", "fullName")
    ? plan.findIndex(({ name, target }) => target === "fullName" && speaks(name))
    : plan.findIndex(({ name, target }, at) =>
      fits && target === "ignore" && isProfession(name) && arePersons(cellsOf(at))
    );
  if (leader >= 0) put(leader, "fullName");
  const whole = plan.findIndex(({ name, target }) => target === "name" && practice.test(name));
  if (leader >= 0 && whole >= 0) put(whole, "company.name");
  // Pupils have a school as well; only who speaks for it shows that the row is the school's.
  const alone = !has("firstName", "lastName", "fullName");
  if (place >= 0 && (leader >= 0 || alone)) put(place, "company.name");
}

const speaks = (heading: string): boolean =>
  saysPerson(heading) || isProfession(heading) ||
  /leit(?:ung|er|erin)\b|vorsitz|direktor|inhaber/i.test(heading);

/** Whether the column has no meaning yet, or is one of two for the town. */
function isFree(heading: string, target: Target, plan: readonly PlanColumn[]): boolean {
  if (target === "ignore") return true;
  return town.test(words(heading).join("")) && target.endsWith(".city") &&
    plan.some((other) => other.name !== heading && other.target === target);
}

function areInstitutions(
  heading: string,
  cells: readonly string[],
  plan: readonly PlanColumn[],
  columns: readonly Column[],
): boolean {
  const filled = cells.filter(Boolean);
  if (/^amt$/i.test(heading)) {
    return filled.length > 0 &&
      filled.filter((cell) => office.test(cell)).length > filled.length / 2;
  }
  if (!filled.some((cell) => /\p{L}{3}/u.test(cell))) return false;
  if (!town.test(words(heading).join(""))) {
    return !filled.some((cell) => /^(?:ja|nein|yes|no|true|false|wahr|falsch|x)$/i.test(cell));
  }
  const city = plan.findIndex(({ name, target }) => name !== heading && target.endsWith(".city"));
  const other = filled.filter((cell) => /^(?:stadt|gemeinde|markt|samtgemeinde)\b/i.test(cell));
  const leads = plan.some(({ name }) => isProfession(name));
  return city >= 0 && columns[city]!.count.filled > 0 && areNames(cells) &&
    (leads || other.length > filled.length / 2);
}
