/** Rewrites full names that mean something else in their country than they would here. */

import { isGivenName } from "../given_names.ts";

const spanish = /^((?:Sra?|Srta|Dña|D)\. )?(\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){2,3})$/u;

/** "Monsieur Dupain" for "M. Dupain" in France; in Spain "García López, José", with two surnames. */
export function localName(text: string, country: string): string {
  // In France that is no initial.
  if (country === "FR") return text.replace(/^M\. (?=\p{L}{2})/u, "Monsieur ");
  const [, greeting = "", name] = country === "ES" ? spanish.exec(text) ?? [] : [];
  if (!name) return text;
  const words = name.split(" ");
  const given = isGivenName(words[1]!) ? 2 : 1;
  if (!isGivenName(words[0]!) || words.length - given !== 2) return text;
  return `${greeting}${words.slice(given).join(" ")}, ${words.slice(0, given).join(" ")}`;
}
