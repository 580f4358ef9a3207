/** Reads PDFs: their text as a reader sees it, and whether they are suited for archives. */
import { ok } from "node:assert/strict";
import { extractText } from "unpdf";

/** The text of a PDF, white space folded; asserts that it is PDF/A-2b. */
export async function paperText(answer: Response): Promise<string> {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const raw = new TextDecoder("latin1").decode(bytes);
  ok(raw.startsWith("%PDF") && raw.includes("pdfaid:part>2<"), "no PDF/A-2");
  ok(raw.includes("pdfaid:conformance>B<"), "not conformance B");
  const { text } = await extractText(bytes, { mergePages: true });
  return text.replaceAll(/[\s\u00a0\u202f]+/g, " ");
}
