/** An external mailbox marked for privacy requests: its mails are cases, with a real IMAP server. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import * as mailboxes from "../db/mailboxes.ts";
import { cast } from "./support/cast.ts";
import { Dovecot, imapTest, missing, password } from "./support/dovecot.ts";
import { letter } from "./support/letters.ts";
import { text } from "./support/html.ts";
import { drain } from "./support/worker.ts";

const server = missing ? null : await Dovecot.start();
if (server) globalThis.addEventListener("unload", () => server.drop());

const { test, alice, bob } = await cast();
const user = `u${newId().slice(-12)}`;
const mail = (subject: string, more = {}) =>
  letter({ from: "Mia Muster <mia@muster.example>", to: "wir@haus.example", subject, ...more });

/** Connects the mailbox by the page, ticked for privacy; the answer's status and the mailbox. */
async function connect(who: typeof alice) {
  const id = newId();
  const answer = await who.post("/settings/mailboxes/new", {
    ...{ id, name: "Datenschutz", address: "wir@haus.example", host: "127.0.0.1" },
    ...{ port: String(server!.port), security: "none", username: user, password, days: "30" },
    privacy: "on",
  });
  equal(answer.status, 303);
  await drain(test);
  return await who.scope((scope) => mailboxes.find(scope, id));
}

const cases = () =>
  test.db.owner<{ personName: string; acknowledgedAt: Date | null; rights: string[] }[]>`
    select c.person_name, c.acknowledged_at, array_agg(i.claimed_right) as rights
    from cases c
    join case_items i on i.tenant_id = c.tenant_id and i.case_id = c.id
    where c.tenant_id = ${alice.tenantId}
    group by c.tenant_id, c.id
  `;

imapTest(
  "its mails are cases, once, even when it is connected again, and nobody's messages",
  async () => {
    const words = "Ich verlange Auskunft nach Art. 15 DSGVO über meine Daten.";
    await server!.deliver(user, mail("Auskunft", { text: words }));
    await server!.deliver(user, mail("Urlaub", { fields: ["Auto-Submitted: auto-replied"] }));
    await server!.deliver(user, mail("Von uns", { text: words }), "Gesendet");
    const box = await connect(alice);
    deepEqual([box.errorCode, box.received, box.privacy, box.userId], [null, 1, true, null]);
    const [found] = await cases();
    deepEqual([found!.personName, found!.rights], ["Mia Muster", ["access"]]);
    ok(found!.acknowledgedAt);
    const messages = await test.db.owner`
    select from messages where tenant_id = ${alice.tenantId}
  `;
    equal(messages.length, 0);
    await alice.scope((scope) => mailboxes.remove(scope, box.id));
    equal((await connect(alice)).received, 0);
    equal((await cases()).length, 1);
  },
);

imapTest("only who answers requests makes a mailbox one of privacy", async () => {
  equal(/f-privacy/.test(await (await bob.get("/settings/mailboxes/new")).text()), false);
  const box = await connect(bob);
  deepEqual([box.privacy, box.userId], [false, bob.userId]);
  equal(/Datenschutz-Postfach/.test(await text(await alice.get("/settings/mailboxes/new"))), true);
});
