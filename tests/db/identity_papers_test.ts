/** Copies of identity papers are distinguished from other enclosures. */
import { equal } from "node:assert/strict";
import { identityPapers } from "../../db/identity_papers.ts";

const bytes = (text = "…") => new TextEncoder().encode(text);
const judge = (name: string, { text = "", mediaType = "image/jpeg", content = "" } = {}) =>
  identityPapers(text)({ name, mediaType, bytes: bytes(content) });

Deno.test("a file that is called like an identity paper is one, in many languages", () => {
  for (
    const name of [
      "Personalausweis.jpg",
      "perso_vorne.png",
      "Reisepaß.pdf",
      "my passport.pdf",
      "ID-card.jpg",
      "carte d'identité.pdf",
      "driving licence.jpg",
      "Führerschein.jpg",
      "dowód osobisty.jpg",
    ]
  ) equal(judge(name), true, name);
  for (const name of ["Nachweis.pdf", "Person.jpg", "Rechnung.pdf", "compass.png", "IMG_1.jpg"]) {
    equal(judge(name), false, name);
  }
});

Deno.test("pictures of a letter that says it encloses one are taken for it, texts are not", () => {
  const text = "Guten Tag.\nEine Kopie meines Personalausweises liegt bei.";
  equal(judge("IMG_1.jpg", { text }), true);
  equal(judge("scan.pdf", { text, mediaType: "application/pdf" }), true);
  equal(judge("brief.txt", { text, mediaType: "text/plain" }), false);
  equal(judge("IMG_1.jpg", { text: "Ich schicke keinen Brief. Mein Ausweis ist neu." }), false);
});

Deno.test("the lines that machines read give a passport away", () => {
  const mediaType = "text/plain";
  const zone = "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<";
  const country = "P<POLKOWALSKA<<ANNA<<<<<<<<<<<<<<<<<<<<<<<<<";
  equal(judge("a.txt", { mediaType, content: `x\n${country}` }), true);
  equal(judge("a.txt", { mediaType, content: `x\n${zone}` }), true);
  equal(judge("a.txt", { mediaType, content: "IDENTIFIKATIONSNUMMERNVERZEICHNIS" }), false);
});
