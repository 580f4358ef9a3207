/** Documents: PDF/A for archives, with data that can never become a part of the template. */
import { equal, match, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { pdf } from "../../db/typst.ts";
import { anyText } from "../support/texts.ts";

const at = new Date("2026-05-06T10:00:00Z");
const template = `
#set document(title: "Test", date: auto)
#set text(lang: "de")
#let data = json(bytes(sys.inputs.data))
= #data.title
#data.text
`;
const text = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);

Deno.test("a document is PDF/A-2b and the same for the same data and moment", () => {
  const one = pdf(template, { title: "Grüße", text: "x" }, { at });
  const two = pdf(template, { title: "Grüße", text: "x" }, { at });
  isArchived(one, "2");
  equal(text(one), text(two));
  isArchived(pdf(template, { title: "Grüße", text: "x" }, { at, standard: "a-3b" }), "3");
});

Deno.test("data are shown, not run: a template's commands in them are only text", () => {
  const hostile = '#panic("run") #read("/etc/passwd") $ ] { "';
  ok(pdf(template, { title: hostile, text: hostile }, { at }).length > 1_000);
});

Deno.test("a template reads no file of the machine, and a wrong one throws", () => {
  throws(() => pdf('#read("/etc/passwd")', {}, { at }));
  throws(() => pdf("#unknown-function()", {}, { at }));
});

Deno.test("characters that no font has are shown by their numbers; names in other scripts stay as they are", async () => {
  const shown = async (text: string) => {
    const { extractText } = await import("unpdf");
    const bytes = pdf(template, { title: "T", text }, { at });
    return (await extractText(bytes, { mergePages: true })).text.replace(/\s+/g, " ").trim();
  };
  equal(await shown("Nguyễn Őry Šmíd Ελένη Нина"), "T Nguyễn Őry Šmíd Ελένη Нина");
  equal(await shown("李明 👍 ไ"), "T [U+674E][U+660E] [U+1F44D] [U+0E44]");
  equal(await shown("a\u0007b\ufffec\ud800"), "T ab[U+FFFE]c[U+FFFD]");
  // Unchanged, this one ends the whole process, in the library's shaping of Hebrew.
  match(await shown("\u05bf\u05a4\u{8fe6e}\u05bb\u{5d64d}"), /\[U\+8FE6E\]/);
});

Deno.test("a word that is wider than the paper is shown whole", async () => {
  const { extractText } = await import("unpdf");
  for (const part of ["q7Xk2_aZ", "übungßa"]) {
    const long = part.repeat(100);
    const bytes = pdf(template, { title: "T", text: `vor ${long} nach` }, { at });
    const { text } = await extractText(bytes, { mergePages: true });
    equal(text.replace(/\s+/g, ""), `Tvor${long}nach`);
  }
});

Deno.test("a tab stops no document, wherever the line before it ended", () => {
  for (const line of ["\r\n", "\r", "\n", "\n\r", " ", "a", ""]) {
    for (const next of ["\t", "\t\t", "\ta", "\t\r\n\tb"]) {
      ok(pdf(template, { title: "T", text: `a${line}${next}` }, { at }).length > 1_000);
      ok(pdf(template, { title: "T", text: line + next }, { at }).length > 1_000);
    }
  }
});

Deno.test("no text at all stops a document", () => {
  const sign = fc.integer({ min: 1, max: 0x10ffff }).map((code) => String.fromCodePoint(code));
  fc.assert(
    fc.property(
      fc.array(fc.oneof(sign, anyText()), { maxLength: 20 }),
      (all) => {
        ok(pdf(template, { title: "T", text: all.join("") }, { at }).length > 1_000);
      },
    ),
    { numRuns: 150 },
  );
});

function isArchived(bytes: Uint8Array, part: string): void {
  ok(text(bytes).startsWith("%PDF-1."));
  ok(new RegExp(`pdfaid:part>${part}<`).test(text(bytes)), `PDF/A-${part}`);
  ok(text(bytes).includes("pdfaid:conformance>B<"));
}
