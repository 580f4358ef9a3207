/** Letters about automated decisions (Art. 22 GDPR): recognised, decided by the officer, answered. */
import { deepEqual, equal, match } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import { recognise } from "../db/letters.ts";
import { cast } from "./support/cast.ts";
import { mailbox } from "./support/mailbox.ts";
import { request } from "./support/officers.ts";
import { drain } from "./support/worker.ts";

const { test, alice } = await cast();
const box = await mailbox();
Deno.test.afterAll(() => box.close());

const claimed = (letter: string) => recognise(letter).items.map(({ right }) => right);

Deno.test("who does not want to be decided on by a machine claims the right of Art. 22", () => {
  for (
    const letter of [
      "Guten Tag, ich möchte einer automatisierten Entscheidung nicht unterworfen werden. Mit freundlichen Grüßen",
      "Ich widerspreche der automatisierten Entscheidung über meinen Antrag.",
      "Mein Antrag wurde von einem Algorithmus abgelehnt. Ich verlange, dass ein Mensch diese Entscheidung überprüft.",
      "Hiermit mache ich mein Recht nach Art. 22 DSGVO geltend.",
      "Ich bin mit der automatisierten Einzelentscheidung nicht einverstanden und bitte um Prüfung durch einen Menschen.",
      "I do not want to be subject to automated decision-making.",
      "My application was rejected by an algorithm. I request human review of this decision.",
      "Please let a human review the decision about my application.",
    ]
  ) deepEqual(claimed(letter), ["decision"], letter);
});

Deno.test("who asks whether there are such decisions, or objects to something else, does not", () => {
  for (
    const [letter, ...rights] of [
      [
        "Bitte geben Sie mir Auskunft nach Art. 15 DSGVO, auch über das Bestehen einer automatisierten Entscheidungsfindung einschließlich Profiling gemäß Art. 22 DSGVO.",
        "access",
      ],
      ["Ich widerspreche der Nutzung meiner Daten für Werbung.", "objection"],
      ["Eine automatisierte Entscheidung findet nicht statt."],
      ["Bitte prüfen Sie unser Angebot, ein Mensch sollte über die Bestellung entscheiden."],
      ["Unser Algorithmus hat Ihre Bestellung abgelehnt."],
    ]
  ) deepEqual(claimed(letter!), rights, letter);
});

Deno.test("the officer's approval tells the person that people decide, in their language", async () => {
  for (
    const [language, said] of [
      ["de", /allein auf automatisierter Verarbeitung beruht, findet bei uns nicht statt/],
      ["en", /no decision based solely on automated processing/],
    ] as const
  ) {
    const personEmail = `entschieden.${language}@person.example`;
    const { id } = await request(test, alice.tenantId, ["decision"], { personEmail, language });
    await drain(test, { smtpUrl: box.smtpUrl });
    const [item] = await alice.scope((scope) => caseItems.list(scope, id));
    equal(item!.right, "decision");
    const officer = { kind: "officer", id: null } as const;
    await alice.scope((scope) =>
      caseItems.decide(scope, id, item!.id, { kind: "approve" }, officer)
    );
    await drain(test, { smtpUrl: box.smtpUrl });
    const letter = (await box.collect(test, personEmail)).at(-1)!;
    match(letter.text!, said);
    match(letter.text!, /Art\. 77/);
    equal((await alice.scope((scope) => caseItems.list(scope, id)))[0]!.status, "done");
  }
});
