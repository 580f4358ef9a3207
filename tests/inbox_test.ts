/** The inbox through HTTP: who sees which mail, and one click that assigns, makes a contact, discards. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { now } from "../db/clock.ts";
import * as inbox from "../db/inbox.ts";
import * as suppressions from "../db/suppressions.ts";
import { system, withScope } from "../db/scope.ts";
import { cast, type Person } from "./support/cast.ts";
import { errors } from "./support/app.ts";
import { attribute, decode, idOf, text, values } from "./support/html.ts";
import { arrive, company, contact, letter } from "./support/letters.ts";

const stranger = "Mia Muster <mia@muster.example>";

/** A mail of an unknown sender before a person; the ids of its message and its entry. */
async function waiting(
  person: Person,
  more: Partial<Parameters<typeof letter>[0]> = {},
  userId?: string | null,
) {
  const raw = letter({ from: stranger, to: "wir@haus.example", ...more });
  const { messageId } = await arrive(person, raw, userId === undefined ? {} : { userId });
  const [row] = await person.test.db.owner<{ id: string }[]>`
    select id from inbox_messages where message_id = ${messageId}
  `;
  return { messageId: messageId!, id: row!.id };
}

const page = async (person: Person, path: string) => await text(await person.get(path));

Deno.test("an unknown sender's mail is in the inbox with sender, subject and time", async () => {
  const { alice } = await cast();
  await waiting(alice, { subject: "Anfrage zur Halle" });
  const list = await page(alice, "/inbox");
  for (
    const words of [
      "Posteingang",
      "Zuzuordnen 1",
      "Mia Muster",
      "Anfrage zur Halle",
      "mia@muster.example",
    ]
  ) {
    ok(list.includes(words), words);
  }
  match(await page(alice, "/inbox?place=assigned"), /Noch keine zugeordneten/);
});

Deno.test("a user's own mail is seen by nobody else, a shared mailbox's by all, and by no other tenant", async () => {
  const { alice, bob, vera, charlie } = await cast();
  const own = await waiting(alice, { subject: "Nur für Alice" });
  const shared = await waiting(alice, { subject: "Für alle" }, null);
  for (const [person, seen] of [[alice, true], [bob, false], [vera, false]] as const) {
    const list = await page(person, "/inbox");
    equal(list.includes("Nur für Alice"), seen);
    ok(list.includes("Für alle"));
    equal((await person.get(`/messages/${own.messageId}`)).status, seen ? 200 : 404);
    equal((await person.get(`/messages/${shared.messageId}`)).status, 200);
  }
  equal((await charlie.get(`/messages/${shared.messageId}`)).status, 404);
  equal((await bob.post(`/inbox/${own.id}/discarding`)).status, 404);
  equal((await vera.post(`/inbox/${shared.id}/discarding`)).status, 403);
  match(await page(alice, "/inbox?whose=own"), /Nur für Alice/);
  ok(!(await page(alice, "/inbox?whose=own")).includes("Für alle"));
  ok(!(await page(alice, "/inbox?whose=shared")).includes("Nur für Alice"));
});

Deno.test("automatic mail is listed separately", async () => {
  const { alice } = await cast();
  await waiting(alice, { subject: "Rundbrief", fields: ["List-Id: <a.b>"] });
  await waiting(alice, { subject: "Abwesend", fields: ["Auto-Submitted: auto-replied"] });
  ok(!(await page(alice, "/inbox")).includes("Rundbrief"));
  const list = await page(alice, "/inbox?place=automatic");
  for (const words of ["Rundbrief", "Rundschreiben", "Abwesend", "Automatische Antwort"]) {
    ok(list.includes(words), words);
  }
});

Deno.test("one click makes a contact: name, address, source and legal basis are filled in already", async () => {
  const { alice } = await cast();
  await company(alice, "Muster GmbH", "info@muster.example");
  const first = await waiting(alice, { subject: "Erste" });
  await waiting(alice, { subject: "Zweite" });
  const html = await (await alice.get(`/messages/${first.messageId}`)).text();
  const field = (name: string) => values(html, name)[0] ?? "";
  deepEqual(
    ["firstName", "lastName", "companies.0.name", "emails.0.address"].map(field),
    ["Mia", "Muster", "Muster GmbH", "mia@muster.example"],
  );
  match(field("sourceDetail"), /^E-Mail vom \d\d\.\d\d\.\d{4}$/);
  const checked = html.match(/<input[^>]*name="origin"[^>]*>/g)!.filter((tag) =>
    /\schecked/.test(tag)
  );
  deepEqual(checked.map((tag) => attribute(tag, "value")), ["inquiry"]);
  match(html, /<option value="pre_contract" selected/);
  const names = [
    "id",
    "firstName",
    "lastName",
    "companies.0.id",
    "companies.0.name",
    "emails.0.kind",
    "emails.0.address",
    "language",
    "sourceDetail",
  ];
  const answer = await alice.post(`/inbox/${first.id}/contact`, {
    ...Object.fromEntries(names.map((name) => [name, field(name)])),
    origin: "inquiry",
    legalBasis: "pre_contract",
    purpose: "sales",
  });
  equal(answer.status, 303);
  const id = idOf(answer);
  const contactPage = await page(alice, `/contacts/${id}`);
  for (
    const words of [
      "2 Nachrichten sind zugeordnet",
      "Mia Muster",
      "Anfrage der Person: E-Mail vom",
      "Muster GmbH",
    ]
  ) {
    ok(contactPage.includes(words), words);
  }
  const [row] = await alice.test.db
    .owner`select source_channel, legal_basis, owner_id from contacts where id = ${id}`;
  deepEqual({ ...row }, {
    sourceChannel: "mail",
    legalBasis: "pre_contract",
    ownerId: alice.userId,
  });
  match(await page(alice, "/inbox"), /Alles zugeordnet/);
  match(await page(alice, `/messages/${first.messageId}`), /Gehört zu .*Mia Muster/);
  // Later ones come by themselves.
  await arrive(alice, letter({ from: stranger, to: "wir@haus.example", subject: "Dritte" }));
  match(await page(alice, "/inbox?place=assigned"), /Dritte/);
});

Deno.test("a form that is sent twice makes one contact; a fault keeps what was typed", async () => {
  const { alice } = await cast();
  const { id, messageId } = await waiting(alice);
  const html = await (await alice.get(`/messages/${messageId}`)).text();
  const fields = {
    id: values(html, "id")[0]!,
    firstName: "",
    lastName: "",
    "emails.0.address": "keine",
    origin: "other",
    sourceDetail: "",
  };
  const refused = await alice.post(`/inbox/${id}/contact`, fields);
  equal(refused.status, 422);
  const again = decode(await refused.text());
  for (
    const words of [
      "Geben Sie einen Vor- oder Nachnamen an",
      "Keine gültige E-Mail-Adresse",
    ]
  ) {
    ok(again.includes(words), words);
  }
  equal(values(again, "emails.0.address")[0], "keine");
  const right = {
    ...fields,
    lastName: "Muster",
    "emails.0.address": "mia@muster.example",
    origin: "inquiry",
  };
  const [one, two] = [
    await alice.post(`/inbox/${id}/contact`, right),
    await alice.post(`/inbox/${id}/contact`, right),
  ];
  equal(idOf(one), idOf(two));
  const [row] = await alice.test.db
    .owner`select count(*)::int as n from contacts where tenant_id = ${alice.tenantId}`;
  equal(row!.n, 1);
});

Deno.test("possible duplicates are shown before a second record is made", async () => {
  const { alice } = await cast();
  const known = await contact(alice, "Muster", "m.muster@alt.example", { firstName: "Mia" });
  const { id, messageId } = await waiting(alice);
  const shown = await page(alice, `/messages/${messageId}`);
  match(shown, /Muster, Mia/);
  const refused = await alice.post(`/inbox/${id}/contact`, {
    firstName: "Mia",
    lastName: "Muster",
    "emails.0.address": "mia@muster.example",
    origin: "inquiry",
  });
  equal(refused.status, 422);
  match(await text(refused), /Diesen Kontakt gibt es vielleicht schon/);
  const answer = await alice.post(`/inbox/${id}/assignment`, {
    kind: "contact",
    recordId: known,
    learn: "on",
  });
  equal(answer.headers.get("Location"), `/messages/${messageId}`);
  match(await page(alice, `/contacts/${known}`), /mia@muster\.example/);
  const rows = await alice.test.db
    .owner`select contact_id from message_links where message_id = ${messageId}`;
  deepEqual(rows.map(({ contactId }) => contactId), [known]);
  // The history shows that the addresses changed, not their values.
  const [change] = await alice.test.db.owner`
    select fields from changes where record_id = ${known} and action = 'updated'
  `;
  deepEqual(change!.fields, [{ name: "emails" }]);
});

Deno.test("a mail can be assigned to a company, found by its name without script", async () => {
  const { alice, charlie } = await cast();
  const firm = await company(alice, "Werft Nord GmbH", "info@werft.example");
  const foreign = await company(charlie, "Werft Süd GmbH", "info@sued.example");
  const { id, messageId } = await waiting(alice);
  const found = await page(alice, `/messages/${messageId}?q=werft`);
  match(found, /Werft Nord GmbH/);
  ok(!found.includes("Werft Süd"));
  match(await page(alice, `/messages/${messageId}?q=gibtesnicht`), /Nichts gefunden/);
  equal(
    (await alice.post(`/inbox/${id}/assignment`, { kind: "company", recordId: foreign })).status,
    404,
  );
  equal(
    (await alice.post(`/inbox/${id}/assignment`, { kind: "company", recordId: firm })).status,
    303,
  );
  const rows = await alice.test.db
    .owner`select company_id from message_links where message_id = ${messageId}`;
  deepEqual(rows.map(({ companyId }) => companyId), [firm]);
});

Deno.test("a stranger's endless subject fills no list, and is complete on its page", async () => {
  const { alice } = await cast();
  const subject = "Sehr dringend ".repeat(30).trim();
  const { messageId } = await waiting(alice, { subject });
  const list = await page(alice, "/inbox");
  match(list, /Sehr dringend/);
  ok(!list.includes(subject.slice(0, 200)));
  ok((await page(alice, `/messages/${messageId}`)).includes(subject));
});

Deno.test("two letters of an address are no name: no contact is suggested for them", async () => {
  const { alice } = await cast();
  await contact(alice, "Esposito", "anna@esposito.example");
  const { messageId } = await waiting(alice, { from: "es@fremd.example" });
  ok(!(await page(alice, `/messages/${messageId}`)).includes("Esposito"));
  match(await page(alice, `/messages/${messageId}?q=es`), /Esposito/);
  const named = await waiting(alice, { from: "Carla Esposito <c@fremd.example>" });
  match(await page(alice, `/messages/${named.messageId}`), /Esposito/);
});

Deno.test("a discarded mail can be restored for 30 days, then it is erased with all of it", async () => {
  const { alice, test } = await cast();
  const { id, messageId } = await waiting(alice);
  const answer = await alice.post(`/inbox/${id}/discarding`);
  equal(answer.headers.get("Location"), "/inbox");
  const html = await (await alice.get("/inbox")).text();
  match(html, new RegExp(`action="/inbox/${id}/recovery"`));
  match(await page(alice, "/inbox?place=discarded"), /Mia Muster/);
  match(await page(alice, `/messages/${messageId}`), /Verworfen\. Wird am/);
  equal((await alice.post(`/inbox/${id}/recovery`)).status, 303);
  match(await page(alice, "/inbox"), /Mia Muster/);
  await alice.post(`/inbox/${id}/discarding`);
  const expire = async (days: number) => {
    const at = new Date(now().getTime() + days * 86_400_000);
    await withScope(
      test.db.app,
      { tenantId: alice.tenantId, actor: system, now: at },
      inbox.expire,
    );
  };
  await expire(29);
  equal((await alice.get(`/messages/${messageId}`)).status, 200);
  await expire(31);
  equal((await alice.get(`/messages/${messageId}`)).status, 404);
  for (const table of ["messages", "inbox_messages", "message_keys"]) {
    const [row] = await test.db.owner.unsafe(
      `select count(*)::int as n from ${table} where tenant_id = $1`,
      [alice.tenantId],
    );
    equal(row!.n, 0, table);
  }
});

Deno.test("many are discarded at once, only those in the user's inbox", async () => {
  const { alice, bob } = await cast();
  const mine = await waiting(alice, { subject: "A" });
  const theirs = await waiting(bob, { subject: "B" });
  const shared = await waiting(alice, { subject: "C" }, null);
  const filtered = "?whose=own&q=Mia";
  const searched = (await (await alice.get(`/inbox${filtered}`)).text()).replaceAll("&amp;", "&");
  ok(searched.includes(`action="/inbox/discarding${filtered}"`), "its search is kept");
  equal(
    (await alice.post(`/inbox/discarding${filtered}`)).headers.get("Location"),
    `/inbox${filtered}`,
  );
  await alice.post("/inbox/discarding", { ids: [mine.id, theirs.id, shared.id] });
  const overview = await (await alice.get("/inbox")).text();
  match(overview, /2 Nachrichten sind verworfen/);
  match(await page(bob, "/inbox"), /Mia Muster/);
  await alice.post(`/inbox/${(await waiting(alice, { subject: "D" })).id}/discarding`);
  await alice.get("/inbox");
  const undo = /action="(\/inbox\/recovery\?at=[^"]+)"/.exec(overview)![1]!;
  equal((await bob.post(undo)).status, 303);
  match(await page(bob, "/inbox"), /0 Nachrichten liegen wieder/);
  await alice.post(undo);
  match(await page(alice, "/inbox"), /2 Nachrichten liegen wieder im Eingang/);
  match(await page(alice, "/inbox?place=discarded"), /Mia Muster[^]*D/);
  equal((await alice.post("/inbox/recovery?at=gestern")).status, 303);
  await alice.post("/inbox/discarding", {});
  match(await page(alice, "/inbox"), /keine Nachricht ausgewählt/);
});

Deno.test("all that a search finds is discarded at once, with its number, and restored at once", async () => {
  const { alice, bob, vera } = await cast();
  const { messageId } = await waiting(alice, { subject: "Los 1" });
  await alice.test.db.owner`
    with made as (
      insert into messages (tenant_id, id, thread_id, direction, kind, state, message_id_header,
        from_name, from_address, subject, body_text, body_html, at, created_at)
      select m.tenant_id, gen_random_uuid(), m.thread_id, m.direction, m.kind, m.state,
        m.message_id_header || n, m.from_name, m.from_address, 'Los ' || n, '', '', m.at, m.created_at
      from messages m, generate_series(2, 1200) n
      where m.id = ${messageId}
      returning tenant_id, id, at
    )
    insert into inbox_messages (tenant_id, id, message_id, user_id, state, kind, at)
    select made.tenant_id,
      (left(b.id::text, 15) || substr(gen_random_uuid()::text, 16))::uuid, made.id, null, 'open',
      'mail', made.at
    from made, inbox_messages b
    where b.message_id = ${messageId}
  `;
  await alice.test.db.owner`analyze inbox_messages, messages`;
  await waiting(alice, { subject: "Bleibt" });
  const own = await waiting(bob, { subject: "Los von Bob" });
  const html = await (await alice.get("/inbox?q=Los")).text();
  match(html, /alle 1\.200 Treffer/);
  const seen = { all: "1", last: values(html, "last")[0]!, mark: values(html, "mark")[0]! };
  // One that was on its way while the page was read has an earlier identifier.
  const late = await waiting(alice, { subject: "Los zugleich" });
  await alice.test.db.owner`
    update inbox_messages
    set id = (left(${seen.last}, 8) || '-0000-7000-8000-000000000000')::uuid
    where message_id = ${late.messageId}
  `;
  await alice.post("/inbox/discarding?q=Los", seen);
  match(await page(alice, "/inbox"), /hat sich inzwischen geändert/);
  await alice.test.db.owner`
    delete from inbox_messages
    where message_id = ${late.messageId}
  `;
  await waiting(alice, { subject: "Los danach" });
  equal((await vera.post("/inbox/discarding?q=Los", seen)).status, 403);
  await alice.post("/inbox/discarding?q=Los", seen);
  const overview = await (await alice.get("/inbox")).text();
  match(overview, /1\.200 Nachrichten sind verworfen/);
  match(overview, /Bleibt/);
  match(overview, /Los danach/);
  match(await page(bob, "/inbox"), /Los von Bob/);
  equal((await bob.get(`/messages/${own.messageId}`)).status, 200);
  const undo = /action="(\/inbox\/recovery\?[^"]+)"/.exec(overview)![1]!;
  await alice.post(decode(undo));
  match(await page(alice, "/inbox"), /1\.200 Nachrichten liegen wieder im Eingang/);
  await alice.post("/inbox/discarding?place=discarded", seen);
  match(await page(alice, "/inbox"), /hat sich inzwischen geändert/);
  await alice.post("/inbox/discarding", { all: "1" });
  match(await page(alice, "/inbox"), /keine Nachricht ausgewählt/);
});

Deno.test("what nobody handles for 90 days is discarded automatically", async () => {
  const { alice, test } = await cast();
  await waiting(alice);
  const at = new Date(now().getTime() + 91 * 86_400_000);
  await withScope(test.db.app, { tenantId: alice.tenantId, actor: system, now: at }, inbox.expire);
  match(await page(alice, "/inbox?place=discarded"), /Mia Muster/);
});

Deno.test("the list is paged by keyset in both directions and searched by sender and subject", async () => {
  const { alice } = await cast();
  for (let count = 0; count < 53; count++) {
    await waiting(alice, {
      subject: `Nr ${100 + count}`,
      date: new Date(Date.UTC(2026, 0, 1, 0, count)).toUTCString(),
    });
  }
  const first = await (await alice.get("/inbox")).text();
  ok(first.includes("Nr 152") && !first.includes("Nr 102"));
  const next = decode(first.match(/href="(\/inbox\?after=[^"]*)"/)![1]!);
  const second = await (await alice.get(next)).text();
  deepEqual(
    [...second.matchAll(/Nr (\d+)/g)].map(([, n]) => n).filter((n, i, all) => all.indexOf(n) === i),
    ["102", "101", "100"],
  );
  const back = decode(second.match(/href="(\/inbox\?before=[^"]*)"/)![1]!);
  ok((await page(alice, back)).includes("Nr 152"));
  match(await page(alice, "/inbox?q=nr+120"), /Nr 120/);
  ok(!(await page(alice, "/inbox?q=nr+120")).includes("Nr 121"));
  match(await page(alice, "/inbox?q=MIA%40muster"), /Nr 152/);
});

Deno.test("a mail with a restricted person in it is seen by nobody, in no list, under no address", async () => {
  const { alice, test } = await cast();
  const id = await contact(alice, "Muster", "mia@muster.example");
  const { messageId } = await arrive(
    alice,
    letter({ from: stranger, to: "wir@haus.example", subject: "Geheim" }),
  );
  const mixed = await waiting(alice, {
    from: "x@fremd.example",
    cc: stranger,
    subject: "Gemischt",
  });
  match(await page(alice, "/inbox?place=assigned"), /Geheim/);
  await test.db.owner`update contacts set restricted_at = now() where id = ${id}`;
  for (const path of ["/inbox", "/inbox?place=assigned", "/inbox?q=geheim&place=assigned"]) {
    const list = await page(alice, path);
    ok(!/Geheim|Gemischt|Muster/.test(list), path);
  }
  for (const hidden of [messageId, mixed.messageId]) {
    equal((await alice.get(`/messages/${hidden}`)).status, 404);
    equal((await alice.get(`/messages/${hidden}/body`)).status, 404);
  }
  equal((await alice.post(`/inbox/${mixed.id}/discarding`)).status, 404);
  await test.db.owner`update contacts set restricted_at = null where id = ${id}`;
  equal((await alice.get(`/messages/${messageId}`)).status, 200);
  await test.db.owner`update contacts set deleted_at = now(), erase_after = now() where id = ${id}`;
  equal((await alice.get(`/messages/${messageId}`)).status, 404);
});

Deno.test("a suppressed address causes a warning before a contact is made of it", async () => {
  const { alice, test } = await cast();
  const { messageId } = await waiting(alice);
  ok(!(await page(alice, `/messages/${messageId}`)).includes("gesperrt"));
  const hash = suppressions.hasher(test.services.config.secretKey, alice.tenantId)(
    "mia@muster.example",
  );
  await alice.scope((scope) => suppressions.add(scope, hash, "all", "erasure"));
  match(await page(alice, `/messages/${messageId}`), /Diese Adresse ist gesperrt/);
});

Deno.test("no address and no form causes a server error", async () => {
  const { alice } = await cast();
  const { id, messageId } = await waiting(alice);
  const odd = ["%00", "'", "a".repeat(5_000), "%ff", "../..", "1"];
  for (const value of odd) {
    for (const name of ["place", "whose", "q", "after", "before"]) {
      ok((await alice.get(`/inbox?${name}=${value}`)).status < 500, name);
    }
    ok((await alice.get(`/messages/${messageId}?q=${value}`)).status < 500);
  }
  for (
    const fields of [{}, { ids: "x" }, { ids: ["x", "\0"] }, { kind: "deal", recordId: id }, {
      kind: ["contact", "company"],
      recordId: "\0",
    }]
  ) {
    for (const path of ["/inbox/discarding", `/inbox/${id}/assignment`, `/inbox/${id}/contact`]) {
      ok((await alice.post(path, fields as never)).status < 500, path);
    }
  }
  deepEqual(errors, []);
});

Deno.test("the markup is shown in a frame that can neither run nor load nor send anything", async () => {
  const { alice } = await cast();
  const html =
    `<p onclick="x()">Guten <b>Tag</b></p><script>alert(1)</script><img src="https://evil.example/p.gif"><a href="https://a.example/x">hier</a>`;
  const { messageId } = await waiting(alice, { fields: ["Content-Type: text/html"], text: html });
  const whole = await (await alice.get(`/messages/${messageId}`)).text();
  const frame = whole.match(/<iframe[^>]*>/)![0];
  equal(attribute(frame, "sandbox"), "allow-popups allow-popups-to-escape-sandbox");
  equal(attribute(frame, "src"), `/messages/${messageId}/body`);
  ok(!whole.includes("evil.example"));
  const answer = await alice.get(`/messages/${messageId}/body`);
  const policy = answer.headers.get("Content-Security-Policy")!;
  for (
    const part of [
      "sandbox",
      "default-src 'none'",
      "img-src data:",
      "form-action 'none'",
      "frame-ancestors 'self'",
    ]
  ) {
    ok(policy.includes(part), part);
  }
  ok(!/unsafe|allow-scripts|allow-same-origin|https?:/.test(policy));
  equal(answer.headers.get("Referrer-Policy"), "no-referrer");
  equal(answer.headers.get("X-Content-Type-Options"), "nosniff");
  const body = await answer.text();
  ok(!/script|onclick|evil|alert/.test(body), body);
  match(
    body,
    /rel="noopener noreferrer nofollow"[^>]*>hier<\/a> <small dir="ltr">\(a\.example\)<\/small>/,
  );
  match(
    (await alice.get("/inbox")).headers.get("Content-Security-Policy")!,
    /frame-ancestors 'none'/,
  );
});

Deno.test("text is shown as it was written: links to follow, old quotations folded", async () => {
  const { alice } = await cast();
  const { messageId } = await waiting(alice, {
    text:
      "Siehe https://a.example/x?y=1&z=<b>.\r\n\r\nAm 1.1.2026 schrieb Bob <b@h.example>:\r\n> alt\r\n> älter",
  });
  const html = await (await alice.get(`/messages/${messageId}`)).text();
  match(
    html,
    /<a dir="ltr" href="https:\/\/a\.example\/x\?y=1&amp;z=" target="_blank" rel="noopener noreferrer nofollow">/,
  );
  match(html, /&lt;b&gt;/);
  const folded = html.match(/<details class="fold message-quote">[\s\S]*?<\/details>/)![0];
  ok(folded.includes("älter") && !folded.includes("Siehe"));
});

Deno.test("who assigns, creates or discards is led to the next mail, and after the last to none", async () => {
  const { alice } = await cast();
  const from = (name: string) => ({ from: `${name} <${name}@muster.example>` });
  const oldest = await waiting(alice, from("anna"));
  const middle = await waiting(alice, from("berta"));
  const newest = await waiting(alice, from("carla"));
  const nextIn = async (path: string) =>
    /<a href="([^"]*)">Nächste E-Mail</.exec(await (await alice.get(path)).text())?.[1];
  await alice.post(`/inbox/${middle.id}/contact`, { lastName: "Berta", origin: "inquiry" });
  equal(await nextIn("/inbox"), `/messages/${oldest.messageId}`);
  await alice.post(`/inbox/${oldest.id}/discarding`);
  equal(await nextIn("/inbox"), `/messages/${newest.messageId}`);
  const recordId = await contact(alice, "Carla", "privat@carla.example");
  await alice.post(`/inbox/${newest.id}/assignment`, { kind: "contact", recordId });
  equal(await nextIn("/inbox"), undefined);
});
