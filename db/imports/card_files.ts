/**
 * Reads address books, vCard or LDIF: their first cards for a preview, or all of them one by one.
 */

import { Buffer } from "node:buffer";
import { formOf, telling } from "./card_forms.ts";
import * as cardRecords from "./card_records.ts";
import { type Card, CardReader, parts, unescape } from "./cards.ts";
import { bytesAsText, text } from "./encodings.ts";
import { EntryCount } from "./entries.ts";
import { EntryCardReader } from "./entry_cards.ts";
import { glanceOf } from "./glances.ts";
import { indentOf, undented } from "./indents.ts";
import type { Hints, Inspection, Source } from "./inspections.ts";
import * as lands from "./lands.ts";
import type { Plan } from "./plans.ts";
import { boundsOf, Unreadable } from "./problems.ts";

/** How many cards and characters a preview reads; after that cards are only counted. */
const looked = { cards: 20, characters: 256 * 1024 };

/** Counts the cards and reads the first ones: the page must not wait for all of them. */
export async function inspect(
  source: Source,
  plan: Plan,
  bytes: number,
  hints: Hints,
): Promise<Inspection> {
  const first: Card[] = [];
  const reader = readerOf(plan);
  const count = plan.format === "ldif" ? new EntryCount() : new CardCount();
  const { rows: most } = boundsOf(plan);
  const take = (cards: Card[]) => first.push(...cards.slice(0, looked.cards - first.length));
  let size = 0;
  for await (const piece of pieces(source, plan)) {
    count.take(piece);
    if (count.count > most) throw new Unreadable("too_many_rows", { limit: most });
    if (size >= looked.characters || first.length >= looked.cards) continue;
    take(reader.write(piece.slice(0, looked.characters - size)));
    size += piece.length;
  }
  if (size < looked.characters) take(reader.end());
  if (count.count === 0) throw new Unreadable("unknown_format");
  const land = hints.country ? null : lands.guessOf(first.map(signs), plan.country);
  if (land) plan.country = land.country;
  const samples = first.map((card, at) => ({ row: at + 1, cells: glance(card, at + 1, plan) }));
  const found = land ? { land } : {};
  return { plan, bytes, records: count.count, samples, decisions: [], ...found };
}

/** All cards of the file. */
export async function* cards(source: Source, plan: Plan): AsyncGenerator<Card> {
  const reader = readerOf(plan);
  for await (const piece of pieces(source, plan)) yield* reader.write(piece);
  yield* reader.end();
}

const readerOf = ({ format, encoding }: Plan) =>
  format === "ldif" ? new EntryCardReader() : new CardReader(encoding);

async function* pieces(source: Source, { encoding, format }: Plan): AsyncGenerator<string> {
  const wide = /^utf-(?:16|32)/.test(encoding);
  const start = await startOf(source, encoding);
  const form = format === "ldif" ? null : formOf(start.trimStart());
  if (form) {
    for await (const lines of form.linesOf(text(source, encoding))) {
      yield wide ? Buffer.from(lines, "latin1").toString("utf8") : lines;
    }
    return;
  }
  const bytes = format === "vcard" && !wide;
  yield* undented(bytes ? bytesAsText(source) : text(source, encoding), indentOf(start));
}

async function startOf(source: Source, encoding: Plan["encoding"]): Promise<string> {
  let start = "";
  for await (const piece of text(source, encoding)) {
    start += piece;
    if (start.length >= telling) break;
  }
  return start;
}

/** Values of a card that may indicate its country; none if the card names it. */
function signs(card: Card): [target: string, text: string][] {
  const found = card.properties.flatMap(({ name, value }): [string, string][] => {
    if (name === "TEL") return [["phone", unescape(value).replace(/^tel:/i, "")]];
    if (name === "EMAIL" || name === "URL") return [[name === "URL" ? "website" : "email", value]];
    if (name === "ORG") return [["company.name", parts(value)[0] ?? ""]];
    if (name !== "ADR") return [];
    const [, , , city = "", , postalCode = "", country = ""] = parts(value);
    return [["address.city", city], ["address.postalCode", postalCode], ["country", country]];
  });
  return found.some(([target, text]) => target === "country" && text.trim() !== "") ? [] : found;
}

/** Name, company, e-mail, phone and place of a card, for the preview. */
function glance(card: Card, number: number, plan: Plan): string[] {
  const record = cardRecords.record(card, number, plan);
  const subject = record.contact ?? record.companies[0];
  const { name, email, phone } = glanceOf(record);
  return [
    record.contact ? name : "",
    record.companies.map((company) => company.name).join(", "),
    email,
    phone,
    subject?.addresses[0]?.city ?? "",
  ];
}

/** The greatest length of a card's beginning, including what precedes it. */
const longest = 64;

/**
 * Counts the beginnings of cards without reading them; a nested one (AGENT of 2.1) does not count.
 */
export class CardCount {
  count = 0;
  #tail = "\n";

  take(piece: string): void {
    const text = this.#tail + piece;
    const begins = /BEGIN[ \t]{0,4}:[ \t]{0,4}VCARD/gi;
    let end = 0;
    for (let found = begins.exec(text); found; found = begins.exec(text)) {
      end = begins.lastIndex;
      const ahead = text.slice(Math.max(0, found.index - longest), found.index);
      if (
        /[\r\n](?:\ufeff|\u00ef\u00bb\u00bf)?$/.test(ahead) &&
        !/AGENT[^:\r\n]{0,40}:\s{0,4}$/i.test(ahead)
      ) {
        this.count++;
      }
    }
    this.#tail = text.slice(Math.max(end, text.length - longest));
  }
}
