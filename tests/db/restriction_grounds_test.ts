/** The grounds for a restriction of processing, as letters name them (Art. 18(1) GDPR). */
import { equal } from "node:assert/strict";
import { groundIn } from "../../db/restriction_grounds.ts";

const letters = {
  "I contest the accuracy of my data; please restrict its processing until you have checked it.":
    "accuracy",
  "Ich bestreite die Richtigkeit meiner Anschrift und verlange die Einschränkung der Verarbeitung.":
    "accuracy",
  "Meine Nummer stimmt nicht. Bitte sperren Sie meine Daten, bis das geklärt ist.": "accuracy",
  "Die Verarbeitung ist unrechtmäßig; statt einer Löschung verlange ich die Einschränkung.":
    "unlawful",
  "Please do not delete but restrict my data, I need it for a legal claim.": "claims",
  "Bitte löschen Sie nichts, ich brauche die Daten für einen Rechtsstreit.": "claims",
  "Bis über meinen Widerspruch entschieden ist, schränken Sie die Verarbeitung bitte ein.":
    "objection",
  "Bitte schränken Sie die Verarbeitung meiner Daten ein.": null,
  "Sperren Sie meine Daten und benachrichtigen Sie mich, sobald das geschehen ist.": null,
} as const;

Deno.test("a letter's words name the ground of a restriction (Art. 18(1) (a) to (d))", () => {
  for (const [letter, ground] of Object.entries(letters)) equal(groundIn(letter), ground, letter);
});
