/** Postal addresses written as one text, taken apart line by line. */

import * as britishPlaces from "./british_places.ts";
import * as countries from "./countries.ts";

export interface PostalAddress {
  street: string;
  extra: string;
  poBox: string;
  postalCode: string;
  city: string;
  region: string;
  /** ISO-2, or empty if the text names no country. */
  country: string;
}

const european =
  /^(?:(?<sign>[A-Z]{1,3})\s?[-–]\s?)?(?<code>\d{4}\s?[A-Z]{2}(?=\s)|\d{4}-\d{3}|\d{4,6}|\d{2}-\d{3}|\d{3}\s\d{2}|[A-Z]{2}-\d{4,5})\s+(?<city>\p{L}.*)$/u;
const american =
  /^(?<city>\p{L}[\p{L}\s.'-]+),?\s+(?<region>[A-Z]{2})\s+(?<code>\d{5}(?:-\d{4})?|[A-Z]\d[A-Z]\s?\d[A-Z]\d)$/u;
const british = /[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}$/;
const irish = /(?:[A-Z]\d{2}|D6W)\s?[A-Z\d]{4}$/;
const poBox =
  /^(?:postfach|postbus|p\.?\s?o\.?\s?box|pf\.?|boîte postale|case postale)\s*:?\s*([\d\s]*\d)?.*$/iu;
const careOf = /^(?:c\/o|z\.?\s?hd\.?|z\.\s?h\.|att?n\.?:?|abt\.|abteilung)\s/iu;
/** A part of a building that has a number of its own. */
const storey =
  /^(?:floor|level|suite|ste|unit|flat|apt|apartment|apartamento|appt|appartement|room|building|block|etage|geb[äa]ude|wohnung|whg|zimmer|raum|stiege|loja|piso|bureau|esc|int|interno|scala)\b\.?\s|\s(?:floor|og|eg|stock|etage|étage|piano|piso)$/iu;
const numbered = /\d/;

/** Whether the line tells a part of a building and no street: "Suite 4", "3. OG". */
export const isStorey = (line: string): boolean => storey.test(line);

/** Reads an address of several lines (or one with commas); what fits nowhere goes to `extra`. */
export function split(text: string): PostalAddress {
  const found: PostalAddress = {
    street: "",
    extra: "",
    poBox: "",
    postalCode: "",
    city: "",
    region: "",
    country: "",
  };
  if (text === "") return found;
  if (text.length > 2000) return { ...found, extra: text };
  const town = townIn(text);
  if (town) return { ...found, ...town };
  const lines = linesOf(text);
  const last = lines.at(-1);
  if (lines.length > 1 && last !== undefined && !numbered.test(last)) {
    const country = countries.lookup(last);
    if (country) {
      found.country = country;
      lines.pop();
    }
  }
  const place = lines.findLastIndex((line) => readPlace(line, found));
  const before = place < 0 ? lines : lines.slice(0, place);
  const after = place < 0 ? [] : lines.slice(place + 1);
  const county = britishPlaces.countryOf(found.postalCode) !== "" &&
    britishPlaces.isCounty(found.city);
  if (county) [found.region, found.city] = [found.city, ""];
  // In Britain and Ireland the town is in the line above the code.
  if (place >= 0 && found.city === "" && before.length > 1) found.city = before.pop()!;
  // Nothing shows where the street ends: "5 Low Road Manchester M1 2AB".
  if (before.length === 0 && /^\d/.test(found.city) && british.test(lines[place]!)) {
    before.push(found.city);
    found.city = "";
  }
  const boxes = before.filter((line) => poBox.test(line));
  found.poBox = boxes.map((line) => poBox.exec(line)?.[1] ?? line).join(", ");
  const rest = before.filter((line) => !poBox.test(line));
  const streetAt = streetLine(rest);
  found.street = rest[streetAt] ?? "";
  found.extra = [...rest.filter((_, at) => at !== streetAt), ...after].join("\n");
  return found;
}

/** "Berlin, Germany", "Graz, Steiermark, Österreich": only a town and its country. */
function townIn(text: string): Partial<PostalAddress> | null {
  if (numbered.test(text) || text.includes("\n")) return null;
  const [city = "", ...behind] = text.split(/,\s*/, 4);
  const country = countries.lookup(behind.at(-1) ?? "");
  if (!country || behind.length > 2 || !/^\p{Lu}[\p{L} .'’-]{1,60}$/u.test(city)) return null;
  if (/(?:str(?:\.|a(?:ß|ss)e)|weg|platz|allee|gasse|street|road|lane|haus|hof)$/i.test(city)) {
    return null;
  }
  return { city, region: behind.length > 1 ? behind[0]! : "", country };
}

/**
 * The same for a text beside separate fields for the town: "1745 Chota Rd" only looks like a code
 * and town, and is the street.
 */
export function splitBeside(
  text: string,
  place: { city?: string; postalCode?: string },
): PostalAddress {
  const found = split(text);
  const other = (part: "city" | "postalCode") =>
    place[part] && place[part].toLowerCase() !== found[part].toLowerCase();
  if (found.street || !found.postalCode || !other("city") && !other("postalCode")) return found;
  const [street = "", ...extra] = text.split("\n").map((line) => line.trim()).filter(Boolean);
  return { ...split(""), street, extra: extra.join("\n") };
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|[\r\n]|(?:(?<!\s)\s+)?\|\s*/).map((line) =>
    line.trim().replace(/[,;]$/, "")
  )
    .filter(Boolean);
  if (lines.length !== 1) return lines;
  // Mailchimp separates street, city, code and country with two spaces.
  const spaced = placed((lines[0] ?? "").split(/ {2,}/));
  if (spaced) return spaced;
  const parts = (lines[0] ?? "").split(/(?:(?<!\s)\s+)?[,;]\s*/).filter(Boolean);
  if (parts.length > 1 && parts.some((part) => european.test(part))) return parts;
  // "12 High Street, Leeds LS1 4AP", perhaps with the country behind it.
  const code = parts.findIndex((part) => british.test(part));
  if (code > 0 && code > parts.length - 3) return parts;
  return placed(parts) ?? lines;
}

/** A code alone, or behind the state that it lies in. */
const loneCode =
  /^(?:(?<region>[A-Z]{2}) )?(?<code>\d{4,5}(?:-\d{4})?|\d{4} ?[A-Z]{2}|\d{4}-\d{3}|\d{2}-\d{3}|\d{3} \d{2})$/;

/** Parts of a line with town and code joined: "Springfield", "IL 62704"; null without a code. */
function placed(parts: readonly string[]): string[] | null {
  if (parts.length < 3) return null;
  // Lines already, as the town is above the code there.
  if (parts.some((part, at) => at > 1 && britishPlace(part)?.city === "")) return [...parts];
  const at = parts.findIndex((part) => loneCode.test(part));
  if (at < 1) return null;
  const behind = parts[at + 1] ?? "";
  const ahead = parts[at - 1]!;
  // "12 Main St, Springfield, Illinois, United States, 62704"
  if (at > 2 && behind === "" && ahead.length > 3 && countries.lookup(ahead)) {
    const town = Math.max(1, at - 3);
    const regions = parts.slice(town + 1, at - 1).filter((part) => part !== parts[town]);
    return [...parts.slice(0, town), `${parts[at]} ${parts[town]}`, ...regions, ahead];
  }
  // "Weg 5", "20095", "Hamburg": what precedes the code is the street.
  const isTown = behind.length > 3 && !numbered.test(behind) &&
    (at === 1 || !countries.lookup(behind));
  if (isTown && numbered.test(ahead)) {
    return parts.toSpliced(at, 2, `${parts[at]} ${behind}`);
  }
  const { code = "", region: state } = loneCode.exec(parts[at]!)!.groups!;
  const alone = state === undefined && at > 1 && /^[A-Z]{2}$/.test(ahead);
  const first = alone ? at - 2 : at - 1;
  const region = alone ? ahead : state;
  const town = parts[first]!;
  const place = region ? `${town}, ${region} ${code}` : `${code} ${town}`;
  return parts.toSpliced(first, at - first + 1, place);
}

/** A British or Irish code comes last; what precedes it is the town. */
function britishPlace(line: string): Record<string, string> | null {
  const found = british.exec(line) ?? irish.exec(line);
  if (!found) return null;
  return { city: line.slice(0, found.index).trimEnd().replace(/,$/, ""), code: found[0] };
}

function readPlace(line: string, into: PostalAddress): boolean {
  const groups = (european.exec(line) ?? american.exec(line))?.groups ?? britishPlace(line);
  if (!groups?.code) return false;
  into.postalCode = groups.code;
  into.city = (groups.city ?? "").trim();
  into.region = groups.region ?? "";
  if (groups.sign && !into.country) into.country = countries.lookup(groups.sign) ?? "";
  const inline = /^(.*?)(?<![,\s])[,\s]+\(?([A-Z]{2,3}|\p{Lu}\p{Ll}{4,})\)?$/u.exec(into.city);
  const named = !into.country && inline?.[2] && /,|\(/.test(into.city)
    ? countries.lookup(inline[2])
    : null;
  if (named && inline?.[1]) {
    into.country = named;
    into.city = inline[1].replace(/(?<![,\s])[,\s]+$/, "");
  }
  return true;
}

/** The street is the last line with a house number, otherwise the last that is no c/o line. */
function streetLine(lines: string[]): number {
  const withNumber = lines.findLastIndex((line) =>
    numbered.test(line) && !careOf.test(line) && !storey.test(line)
  );
  if (withNumber >= 0) return withNumber;
  return lines.findLastIndex((line) => !careOf.test(line));
}
