/** Repairs charsets that careless programs omit, or give by names that do not exist. */
import { Buffer } from "node:buffer";
import type { ParsedMail } from "mailparser";
import * as partHeads from "./part_heads.ts";

/** "ANSI" is what Windows calls its own charset; the other words are mere placeholders. */
const loose =
  /^(content-type[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*?;\s*charset[ \t]*=[ \t]*)"?(ansi|default|none|8bit|unspecified)"?(?=[\s;]|$)/gim;
const ofText = /^content-type[ \t]*:[ \t]*text\//im;
const coded = /^content-transfer-encoding[ \t]*:[ \t]*(?:base64|quoted-printable)/im;
const said =
  /;\s*charset[ \t]*=[ \t]*"?(?!us-ascii|(?:x-)?unknown|default|none|8bit|unspecified)[a-z0-9]/i;
const field = /^(content-type[ \t]*:[ \t]*text\/[\w-]+)((?:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*))/im;

/** Replaces wrong names of charsets in header fields by names that programs know. */
export const named = (head: string): string =>
  head.replace(
    loose,
    (_, ahead: string, word: string) =>
      `${ahead}${/ansi/i.test(word) ? "windows-1252" : "unknown-8bit"}`,
  );

/** A larger mail is read as it is. */
const largest = 5 * 1024 * 1024;

/** Whether a text is in another charset: broken UTF-8 would still have some of its umlauts. */
function isOther(text: string): boolean {
  const lost = text.match(/\ufffd/g)?.length ?? 0;
  return lost > 0 && lost >= (text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0);
}

/**
 * The mail with Windows-1252 declared for encoded texts without a charset, if it cannot be read
 * otherwise; null if it has no such texts.
 */
export function westernised(raw: Uint8Array, { text: words, html }: ParsedMail): Uint8Array | null {
  if (raw.length > largest || !isOther(words ?? "") && !isOther(html || "")) return null;
  const text = Buffer.from(raw).toString("latin1");
  const mended = partHeads.inHeads(text, (head) => {
    if (!ofText.test(head) || !coded.test(head) || said.test(head)) return head;
    return head.replace(
      field,
      (_, type: string, rest: string) =>
        `${type}; charset=windows-1252${rest.replace(/;\s*charset[ \t]*=[ \t]*"?[\w.:-]*"?/i, "")}`,
    );
  });
  return mended === text ? null : Buffer.from(mended, "latin1");
}
