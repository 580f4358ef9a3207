/** Parses an XML part in pieces, without document types and entities other than XML's own five. */

import { SaxesParser } from "saxes";
import { Unreadable } from "./problems.ts";
import { Turns } from "./turns.ts";

/** Callbacks for what a part contains; names come without their prefix. */
export interface Visitor {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Deeper than in any spreadsheet; the parser remembers every open element. */
const deepest = 64;
/** Most characters between two tags, more than 30 escaped cells, because the parser holds them. */
const longest = 1024 * 1024;
/** Bytes at a time: small strings are freed early, unlike large ones and all their substrings. */
const piece = 16 * 1024;

/**
 * Calls the visitor for what the bytes contain, and yields after each piece so that the caller can
 * take it. Throws Unreadable if it is not XML, or is made to exhaust memory.
 */
export async function* visit(
  bytes: AsyncIterable<Uint8Array>,
  visitor: Visitor,
): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  let silence = 0;
  parser.on("doctype", () => {
    throw new Unreadable("xlsx_broken");
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (++depth > deepest) throw new Unreadable("xlsx_broken");
    silence = 0;
    visitor.open(local(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    depth--;
    silence = 0;
    visitor.close?.(local(name));
  });
  if (visitor.text) {
    parser.on("text", (text) => visitor.text!(text));
    parser.on("cdata", (text) => visitor.text!(text));
  }
  const feed = (text: string) => {
    silence += text.length;
    parser.write(text);
    if (silence > longest) throw new Unreadable("xlsx_broken");
  };
  let decoder: TextDecoder | null = null;
  const turns = new Turns();
  try {
    for await (const chunk of bytes) {
      decoder ??= new TextDecoder(encodingOf(chunk));
      for (let at = 0; at < chunk.length; at += piece) {
        feed(decoder.decode(chunk.subarray(at, at + piece), { stream: true }));
        yield;
        if (turns.isOver) await turns.next();
      }
    }
    feed(decoder?.decode() ?? "");
    parser.close();
    yield;
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable("xlsx_broken");
  }
}

/** Visits a whole part. */
export async function visitAll(bytes: AsyncIterable<Uint8Array>, visitor: Visitor): Promise<void> {
  for await (const _ of visit(bytes, visitor));
}

/** The value of an attribute regardless of its prefix: `r:id` counts as `id`. */
export function attribute(attributes: Readonly<Record<string, string>>, name: string): string {
  const own = attributes[name];
  if (own !== undefined) return own;
  const prefixed = Object.keys(attributes).find((key) => key.endsWith(`:${name}`));
  return prefixed === undefined ? "" : attributes[prefixed]!;
}

function local(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

function encodingOf(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  return start[0] === 0xfe && start[1] === 0xff ? "utf-16be" : "utf-8";
}
