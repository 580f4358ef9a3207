/** Interprets headings of several parts with a stroke between them. */

import type { Reading } from "./readings.ts";

type Words = (heading: string) => string[];
type Read = (heading: string) => Reading | null;

/** What a form asks for in several boxes, each headed by it and its own word. */
const box =
  /^(?:(?:full|your|my|ihr|dein|vollstaendiger)?name|(?:your|home|ihre|deine)?(?:address|adresse|anschrift)|(?:contact|kontakt|personal|persoenliche)?(?:details|information|info|daten|angaben))$/;

/** Jotform's "Name - First Name" means what stands in its box. */
function ofBox(heading: string, words: Words, read: Read): Reading | null {
  const [outer = "", inner = "", ...more] = heading.split(/\s[-–>:]\s/, 3);
  const whole = words(outer).join("");
  if (inner === "" || more.length > 0 || !box.test(whole)) return null;
  const found = read(inner);
  const named = /^(?:(?:first|middle|last)Name|namePrefix|salutation|title|suffix)$/;
  return found && (!whole.endsWith("name") || named.test(found.target)) ? found : null;
}

/** "Ort / Adresse" means what its first half says, or else its second. */
export function ofHalves(heading: string, words: Words, read: Read): Reading | null {
  const boxed = ofBox(heading, words, read);
  if (boxed) return boxed;
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
