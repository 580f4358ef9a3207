/** Finds a person's employer, and recognises entries in its place that mean having none. */

import * as legalForms from "../legal_forms.ts";
import { type Cells, first } from "./cells.ts";
import { looksPersonal } from "./name_kinds.ts";

/** Self-employed and similar occupations. */
const calling =
  /^(?:freelanc(?:e|er|erin|ing)|free lancer?|self[ -]?employed|selbst(?:st)?ändig(?:er?|keit)?|freiberuf(?:lich|ler|lerin)|freie[r]? mitarbeiter(?:in)?|rentner(?:in)?|pensionär(?:in)?|im ruhestand|ruhestand|retired|student(?:in)?|schüler(?:in)?|indépendant|zzp(?:'?er)?|autónomo|libero professionista)$/i;
/** A single "X" is a company. */
const none =
  /^(?:privat|private|privé|privat(?:person|kunde|kundin|haushalt|adresse)|private (?:person|customer)|keine?|keine firma|none|no company|ohne|ohne firma|ohne angabe|nicht angegeben|unbekannt|unknown|not (?:provided|specified|applicable)|n\.a\.|k\.A|nichts|\.|\?+|x{2,3}|\/)$/i;

/** The employer that a person's row names; empty if the entry means that there is none. */
export function nameOf(cells: Cells, name: string): string {
  if (none.test(name)) return "";
  if (!calling.test(name)) return name;
  const [cell] = cells.get("company.name") ?? [];
  if (cell && first(cells, "position") === "") {
    cells.set("position", [{ text: name, column: { ...cell.column, target: "position" } }]);
  }
  return "";
}

/**
 * "Azure Interior SARL" from "Azure Interior SARL, Nicole Ford", or "…, Herr Ford"; otherwise empty.
 */
export function before(text: string): string {
  const comma = text.indexOf(", ");
  if (comma < 0) return "";
  const [ahead, behind] = [text.slice(0, comma), text.slice(comma + 2)];
  const named = looksPersonal(behind) || /^(?:herrn?|hr\.|frau|fr\.) \p{Lu}/iu.test(behind);
  return legalForms.split(ahead).form !== "" && named ? ahead : "";
}
