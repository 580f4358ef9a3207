/** Informing persons whose data came from elsewhere (Art. 14 GDPR): by when, who is left, at once. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { today } from "../db/clock.ts";
import { cast, type Person } from "./support/cast.ts";
import { text, values } from "./support/html.ts";
import { arrive, letter } from "./support/letters.ts";
import { addressOf, contactOf, send } from "./support/messages.ts";
import { sight } from "./support/sights.ts";

const dueOf = async (person: Person, id: string) => {
  const [row] = await person.scope(({ sql, tenantId }) =>
    sql<{ noticeDueOn: string | null; noticeSentAt: Date | null }[]>`
      select notice_due_on, notice_sent_at
      from contacts
      where tenant_id = ${tenantId}
        and id = ${id}
    `
  );
  return row!;
};

Deno.test("whoever is written to within the month has to be informed that day (Art. 14(3)(b))", async () => {
  const { alice } = await cast();
  const [first, second] = [
    await contactOf(alice, { origin: "referral" }),
    await contactOf(alice, { origin: "referral" }),
  ];
  const month = Temporal.PlainDate.from(today()).add({ months: 1 }).toString();
  equal((await dueOf(alice, first)).noticeDueOn, month);
  await send(alice, { to: addressOf(first) });
  equal((await dueOf(alice, first)).noticeDueOn, today());
  equal((await dueOf(alice, second)).noticeDueOn, month, "nobody else");
  await alice.post(`/contacts/${second}/notice`);
  await send(alice, { to: addressOf(second) });
  equal((await dueOf(alice, second)).noticeDueOn, month, "who was informed stays so");
});

Deno.test("that day also comes for a person whose record the writer does not see", async () => {
  const { alice, bob } = await cast();
  const hers = await contactOf(alice, { origin: "referral", ownerId: alice.userId });
  await sight(alice, "own");
  equal((await bob.get(`/contacts/${hers}`)).status, 404);
  await send(bob, { to: addressOf(hers) });
  equal((await dueOf(alice, hers)).noticeDueOn, today());
});

Deno.test("so has whom a mail read from a connected mailbox was written to (Art. 14(3)(b))", async () => {
  const { alice } = await cast();
  const made: string[] = [];
  for (let n = 0; n < 5; n++) made.push(await contactOf(alice, { origin: "referral" }));
  const [to, cc, writer, answered, older] = made.map((id) => ({ id, address: addressOf(id) }));
  const month = Temporal.PlainDate.from(today()).add({ months: 1 }).toString();
  const from = `Alice <${alice.email}>`;
  await arrive(alice, letter({ from, to: to!.address, cc: cc!.address }), { way: "sent" });
  await arrive(alice, letter({ from: writer!.address, to: from }));
  const fields = ["Auto-Submitted: auto-replied"];
  await arrive(alice, letter({ from, to: answered!.address, fields }), { way: "sent" });
  const date = "Thu, 02 Jan 2020 10:00:00 +0100";
  await arrive(alice, letter({ from, to: older!.address, date }), { way: "sent" });
  const due = async ({ id }: { id: string }) => (await dueOf(alice, id)).noticeDueOn;
  deepEqual([await due(to!), await due(cc!)], [today(), today()]);
  equal(await due(writer!), month, "the person wrote, not we");
  equal(await due(answered!), month, "a program answered");
  equal(await due(older!), month, "a mail from before the data were collected");
});

Deno.test("and so has whoever a mail of ours is assigned to by hand", async () => {
  const { alice } = await cast();
  const id = await contactOf(alice, { origin: "referral" });
  const own = letter({ from: alice.email, to: "neu@unbekannt.example" });
  await arrive(alice, own, { way: "address" });
  const [entry] = await alice.test.db.owner<{ id: string }[]>`
    select id from inbox_messages where tenant_id = ${alice.tenantId} order by id desc limit 1
  `;
  const answer = await alice.post(`/inbox/${entry!.id}/assignment`, {
    kind: "contact",
    recordId: id,
  });
  equal(answer.status, 303);
  equal((await dueOf(alice, id)).noticeDueOn, today());
});

Deno.test("the list finds who was not informed, marks them together, and takes it back", async () => {
  const { alice } = await cast();
  const word = "Adressverlag Nord";
  const made: string[] = [];
  for (let n = 0; n < 3; n++) {
    made.push(await contactOf(alice, { origin: "public_source", sourceDetail: word }));
  }
  await alice.post(`/contacts/${made[0]}/notice`);
  const list = `/contacts?source=${encodeURIComponent(word)}&empty=notice`;
  const left = async (address = list) =>
    values(await (await alice.get(address)).text(), "ids").sort();
  deepEqual(await left(), made.slice(1).sort());
  deepEqual(await left(`${list}&q=Nordmann`), made.slice(1).sort(), "with a search as well");
  match(await text(await alice.get(list)), /Person nicht informiert/);
  const api = await alice.get("/companies?empty=notice");
  equal(api.status, 200, "companies are not informed");

  const asked = new URLSearchParams({ kind: "contact", action: "notice" });
  for (const id of made) asked.append("ids", id);
  const form = await (await alice.get(`/bulk-changes/new?${asked}`)).text();
  match(form, /Als informiert vermerken/);
  const sent = await alice.post("/bulk-changes/new", {
    kind: "contact",
    action: "notice",
    list: "",
    counted: "3",
    ids: made,
  });
  equal(sent.status, 303);
  const back = await (await alice.get(sent.headers.get("Location")!)).text();
  match(back, /2 Einträge sind geändert/);
  deepEqual(await left(), []);
  match(await text(await alice.get(`/contacts/${made[1]}`)), /informiert am/);
  const undo = /action="(\/bulk-changes\/[^"]+\/undo[^"]*)"/.exec(back)![1]!;
  equal((await alice.post(undo.replaceAll("&amp;", "&"))).status, 303);
  deepEqual(await left(), made.slice(1).sort(), "the one informed before stays informed");
  ok((await dueOf(alice, made[0]!)).noticeSentAt);
  const wrong = await alice.post("/bulk-changes/new", {
    kind: "company",
    action: "notice",
    list: "",
    counted: "1",
    ids: [made[0]!],
  });
  equal(wrong.status, 422);
});
