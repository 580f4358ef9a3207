/** What a sender wrote, without what programs and telephones add. */

import { equal } from "node:assert/strict";
import { cleanMarkup } from "../../../db/received_mails/markup.ts";
import { ownWords } from "../../../db/received_mails/replies.ts";
import { textOf } from "../../../db/received_mails/texts.ts";

const below =
  "Von: Anna Berg <anna@firma.example>\nAn: Eva <eva@x.example>\nBetreff: Angebot\n\nHallo";

Deno.test("answers of common programs are separated from the mail that they answer", () => {
  for (
    const around of [
      "Am Montag, 6. Mai 2024 um 09:00:00 MESZ hat Anna Berg <anna@firma.example> Folgendes geschrieben:\n\nHallo",
      `Gesendet: Montag, 06. Mai 2024 um 09:00 Uhr\n${below}`,
      `Von meinem/meiner Galaxy gesendet\n\n\n-------- Ursprüngliche Nachricht --------\n${below}`,
      `Mit Proton Mail sichere E-Mail gesendet.\n\n-------- Original-Nachricht --------\nAm 06.05.24 09:00 schrieb Anna Berg <anna@firma.example>:\n\n> Hallo`,
      `Sent with [Proton Mail](https://proton.me/) secure email.\n\nOn Monday, May 6th, 2024 at 09:00, Anna <anna@firma.example> wrote:\n\n> Hallo`,
      `________________________________\n${below}`,
    ]
  ) equal(ownWords(`Ja bitte.\n\n${around}\n`), "Ja bitte.");
  equal(ownWords(`________________________________\n${below}`), "");
});

Deno.test("sentences that begin alike are the sender's own", () => {
  const letter = "Gesendet: Ihre Ware kam an.\nVon mir: alles gut.\nEr hat mir nie geschrieben.";
  equal(ownWords(letter), letter);
});

Deno.test("a letter that says who wrote or sent something continues below it", () => {
  for (
    const letter of [
      "Am 3. Mai hat Ihre Firma mir einen Werbebrief geschrieben:\nIch widerspreche der Werbung.",
      "Von meiner Seite wurde alles gesendet.\nBitte löschen Sie meine Daten.",
    ]
  ) equal(ownWords(letter), letter);
});

Deno.test("answers between and below quotations of markup are the sender's own words", async () => {
  const own = async (html: string) => ownWords(textOf(await cleanMarkup(html)));
  equal(
    await own(
      "<p>Am 1.3. schrieb Shop &lt;shop@x.example&gt;:</p><blockquote><p>Sie haben ein Recht auf " +
        "Auskunft.</p><blockquote>älter</blockquote>noch</blockquote><p>Bitte löschen Sie mich.</p>" +
        "<blockquote>Noch etwas?</blockquote><p>Nein.</p>",
    ),
    "Bitte löschen Sie mich.\n\n\nNein.",
  );
  equal(
    await own("<p>Am 1.3. schrieb Shop<br>&lt;shop@x.example&gt;:</p><blockquote>So?</blockquote>"),
    "",
  );
  equal(
    await own("<p>2026. 3. 1. 10:02, Bolt írta:</p><blockquote>Hallo</blockquote><p>Nem.</p>"),
    "2026. 3. 1. 10:02, Bolt írta:\n\n\nNem.",
  );
  for (const words of ["Guten Tag", "Hiermit mache ich folgendes geltend:"]) {
    equal(
      await own(`<p>${words}</p><blockquote>Bitte löschen Sie mich.</blockquote>`),
      `${words}\n\nBitte löschen Sie mich.`,
    );
  }
});
