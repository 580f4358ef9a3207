/** Search for activities, mails and files by their words, for those who may see them. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as entries from "../db/entry_searches.ts";
import { newId } from "../db/ids.ts";
import { cast, type Person } from "./support/cast.ts";
import { fileOf, pdf, put } from "./support/files.ts";
import { idOf, text } from "./support/html.ts";
import { arrive, contact, letter } from "./support/letters.ts";
import { draft } from "./support/messages.ts";

/** A person on record with a call, a mail and a file that speak of a crane. */
async function stock(alice: Person) {
  const person = await contact(alice, "Muster", "mia@muster.example");
  const call = idOf(
    await alice.post("/activities/new", {
      id: newId(),
      kind: "call",
      subject: "Brückenkran vorführen",
      body: "Der Schlüssel hängt im Kontor.",
      about: `contact:${person}`,
    }),
  );
  const { messageId } = await arrive(
    alice,
    letter({
      from: "Mia Muster <mia@muster.example>",
      to: "wir@haus.example",
      subject: "Anfrage Brückenkran",
      text: "Was kostet die Wartung der Laufkatze?",
    }),
  );
  const file = await put(alice, `/contacts/${person}`, fileOf(pdf(), "Datenblatt_Brückenkran.pdf"));
  return { person, call, mail: messageId!, file };
}

/** The ids that a person's search finds, by kind. */
async function found(who: Person, q: string) {
  const { activity, message, file } = await who.scope((scope) => entries.list(scope, q, 10));
  return [activity, message, file].map((hits) => hits.map(({ id }) => id));
}

Deno.test("activities, mails and files are found by any spelling of their words", async () => {
  const { alice, vera, charlie } = await cast();
  const { call, mail, file } = await stock(alice);
  for (const q of ["brueckenkran", "BRÜCKENKRAN", "bruckenk", "kran"]) {
    deepEqual(await found(vera, q), [[call], [mail], [file]], q);
  }
  deepEqual(await found(alice, "schluessel kontor"), [[call], [], []], "by the text of a call");
  deepEqual(await found(alice, "laufkatze"), [[], [mail], []], "by the text of a mail");
  deepEqual(await found(alice, "muster"), [[], [mail], []], "by who wrote");
  deepEqual(
    await found(alice, "datenblatt pdf"),
    [[], [], [file]],
    "by the parts of a file's name",
  );
  deepEqual(await found(alice, "brueckenkran laufkatze"), [[], [mail], []], "each word counts");
  for (const q of ["%", "_", "\\", "xyzzy"]) deepEqual(await found(alice, q), [[], [], []], q);
  deepEqual(await found(charlie, "brueckenkran"), [[], [], []], "nothing of another tenant");

  const page = await text(await vera.get("/search?q=brueckenkran"));
  match(page, /Aktivitäten .*Brückenkran vorführen Muster/);
  match(page, /E-Mails .*Anfrage Brückenkran Mia Muster/);
  match(page, /Dateien .*Datenblatt_Brückenkran\.pdf Muster/);
  const part = { "HX-Request-Type": "partial" };
  const palette = await (await vera.get("/search?q=brueckenkran", part)).text();
  for (const href of [`/activities/${call}`, `/messages/${mail}`, `/files/${file}`]) {
    ok(palette.includes(`href="${href}"`), href);
  }
  match(palette, /3 Treffer/);
});

Deno.test("what may not be seen is not found: of the restricted, in the trash, others' drafts", async () => {
  const { alice, bob, test: { db } } = await cast();
  const { person, call, mail, file } = await stock(alice);
  const own = await draft(alice, { subject: "Entwurf Brückenkran" });
  deepEqual((await found(alice, "entwurf"))[1], [own]);
  deepEqual((await found(bob, "entwurf"))[1], []);

  await db.owner`update contacts set restricted_at = now() where id = ${person}`;
  deepEqual(await found(bob, "brueckenkran"), [[], [], []]);
  equal((await text(await bob.get("/search?q=brueckenkran"))).includes("Nichts gefunden"), true);
  await db.owner`update contacts set restricted_at = null where id = ${person}`;
  deepEqual(await found(bob, "brueckenkran"), [[call], [mail], [file]]);

  await alice.post(`/files/${file}/deletion`, {});
  await alice.post(`/activities/${call}/deletion`, {});
  deepEqual(await found(bob, "brueckenkran"), [[], [mail], []]);
  await alice.post(`/contacts/${person}/deletion`, {});
  deepEqual(await found(bob, "brueckenkran"), [[], [], []]);
});
