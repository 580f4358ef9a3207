/** Recognises entries in place of an employer that mean having none. */

import { type Cells, first } from "./cells.ts";

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
