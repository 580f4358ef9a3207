/** Interprets headings of several parts with a stroke between them. */

import type { Reading } from "./readings.ts";

type Words = (heading: string) => string[];
type Read = (heading: string) => Reading | null;

/** "Ort / Adresse" means what its first half says, or else its second. */
export function ofHalves(heading: string, words: Words, read: Read): Reading | null {
  const halves = heading.split(/[/|]/, 5);
  if (halves.length !== 2) return halves.length > 2 ? ofSynonyms(halves, read) : null;
  const [group, own] = halves.map((half) => words(half).join("")) as [string, string];
  // Twenty's "Name / First Name"; "Phones / Calling Code" is no number.
  if (group === "name" && /^(?:first|last)name$/.test(own)) return read(halves[1]!);
  // How Odoo lists the persons of a company.
  if (/^(?:contacts|childids|childcontacts)$/.test(group)) {
    const found = read(halves[1]!);
    return found && { ...found, target: found.target === "name" ? "fullName" : found.target };
  }
  if (/^(?:created|updated|modified|owned|assigned|erstellt|geaendert)/.test(group)) return null;
  if (/(?:code|label)$/.test(own) && !read(halves[1]!)) return null;
  const [whole, part] = halves.map((half) => read(half));
  // "Postadresse / Ort" belongs to an address of its own.
  if (whole?.target.endsWith(".whole") && part && /address\.\w+\.(?!whole)/.test(part.target)) {
    return { ...part, group: `address${group}`, confidence: 0.7 };
  }
  const found = [whole, part].find((half) => half && half.target !== "ignore");
  return found ? { ...found, confidence: 0.7 } : null;
}

/** "Stadt/Ort/Dorf der Adresse" says the same several times. */
function ofSynonyms(names: readonly string[], read: Read): Reading | null {
  const known = names.flatMap((name) => read(name) ?? []);
  const [first] = known;
  const part = (target: string) => target.slice(target.lastIndexOf(".") + 1);
  return first && known.length > 1 && first.target.includes("address.") &&
      known.every(({ target }) => part(target) === part(first.target))
    ? { ...first, confidence: 0.8 }
    : null;
}
