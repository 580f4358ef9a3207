/** Documents: PDF/A for archives, with data that can never become a part of the template. */
import { equal, ok, throws } from "node:assert/strict";
import { pdf } from "../../db/typst.ts";

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
  match(one, "2");
  equal(text(one), text(two));
  match(pdf(template, { title: "Grüße", text: "x" }, { at, standard: "a-3b" }), "3");
});

Deno.test("data are shown, not run: a template's commands in them are only text", () => {
  const hostile = '#panic("run") #read("/etc/passwd") $ ] { "';
  ok(pdf(template, { title: hostile, text: hostile }, { at }).length > 1_000);
});

Deno.test("a template reads no file of the machine, and a wrong one throws", () => {
  throws(() => pdf('#read("/etc/passwd")', {}, { at }));
  throws(() => pdf("#unknown-function()", {}, { at }));
});

function match(bytes: Uint8Array, part: string): void {
  ok(text(bytes).startsWith("%PDF-1."));
  ok(new RegExp(`pdfaid:part>${part}<`).test(text(bytes)), `PDF/A-${part}`);
  ok(text(bytes).includes("pdfaid:conformance>B<"));
}
