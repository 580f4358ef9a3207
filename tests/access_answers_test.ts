/** Answers to rights of access are packed without a transaction, and checked again at the end. */
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import * as caseItems from "../db/case_items.ts";
import * as caseRedactions from "../db/case_redactions.ts";
import { pause, setOffset } from "../db/clock.ts";
import * as deliveries from "../db/deliveries.ts";
import { newId } from "../db/ids.ts";
import * as keys from "../db/key_store.ts";
import { openPool } from "../db/pool.ts";
import { localStorage, type Storage } from "../db/storage.ts";
import { executeRight } from "../jobs/cases.ts";
import { cast, type Person } from "./support/cast.ts";
import { fileOf, pdf, put } from "./support/files.ts";
import { linkIn, mailbox } from "./support/mailbox.ts";
import { contactOf } from "./support/messages.ts";
import { request } from "./support/officers.ts";
import { newMark } from "./support/stock.ts";
import { drain } from "./support/worker.ts";
import { readZip } from "./support/zips.ts";

const { test, visitor } = await cast();
const { config, log, egress } = test.services;
const box = await mailbox();
const officer = { kind: "officer", id: null } as const;

/** An approved right of access of a person with a file, and its job. */
async function approved() {
  const { alice } = await cast();
  const email = `${newMark()}@person.example`;
  const contact = await contactOf(alice, {
    lastName: "Langsam",
    "emails.0.address": email,
  });
  await put(alice, `/contacts/${contact}`, fileOf(pdf("Langer Vertrag"), "Falke-vertrag.pdf"));
  const { id: caseId } = await request(test, alice.tenantId, ["access"], { personEmail: email });
  await drain(test);
  const [item] = await alice.scope((scope) => caseItems.list(scope, caseId));
  await alice.scope((scope) =>
    caseItems.decide(scope, caseId, item!.id, { kind: "approve" }, officer)
  );
  return { alice, email, contact, caseId, item: item! };
}

/** Carries it out while a storage does something for each file that is read. */
async function carryOut(
  { alice, caseId, item }: Awaited<ReturnType<typeof approved>>,
  meanwhile: () => Promise<unknown>,
  idleTimeout?: number,
): Promise<void> {
  const local = localStorage(config.dataDir);
  const storage: Storage = {
    ...local,
    async *get(name) {
      await meanwhile();
      yield* local.get(name);
    },
  };
  const pool = openPool(test.db.appUrl, { max: 2, idleTimeout });
  const signal = new AbortController().signal;
  try {
    await executeRight.run(
      { pool, config: { ...config, storage }, log, egress, signal },
      { tenantId: alice.tenantId, caseId, itemId: item.id },
    );
  } finally {
    await pool.end();
  }
}

/** What the person downloads. */
async function fetched(email: string): Promise<Map<string, string>> {
  const path = linkIn((await box.collect(test, email)).at(-1)!, "deliveries");
  await visitor.post(`${path}/codes`);
  const sent = (await box.collect(test, email)).at(-1)!.text!;
  const code = /^([0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(sent)![1]!;
  return await readZip(await visitor.post(path, { code }));
}

const statusOf = (alice: Person, caseId: string) =>
  alice.scope(async (scope) => (await caseItems.list(scope, caseId))[0]!.status);

/** Refuses an answer at the end of its delivery, as a database does that fails. */
async function refusing(caseId: string, work: () => Promise<unknown>): Promise<void> {
  const { owner } = test.db;
  const made = "action = 'delivery_made'";
  await owner.unsafe(
    `alter table case_events add constraint refused check (not (case_id = '${caseId}' and ${made})) not valid`,
  );
  try {
    await rejects(work, { code: "23514" });
  } finally {
    await owner`alter table case_events drop constraint refused`;
  }
}

const keysNow = async () => (await keys.list(config)).sort();

/** The answers in a tenant's storage. */
async function stored({ tenantId }: Person): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of localStorage(config.dataDir).list(`deliveries/${tenantId}`)) {
    names.push(name);
  }
  return names;
}

Deno.test("an answer with files that take longer than a transaction may idle is delivered", async () => {
  const at = await approved();
  await carryOut(at, () => pause(1_500), 500);
  equal(await statusOf(at.alice, at.caseId), "done");
  const names = [...(await fetched(at.email)).keys()];
  ok(names.some((name) => name.endsWith("Falke-vertrag.pdf")), names.join(", "));
});

Deno.test("while an answer is packed its case can be decided: once withdrawn, it is not delivered", async () => {
  const at = await approved();
  const { alice, caseId, item } = at;
  await carryOut(
    at,
    () =>
      alice.scope((scope) =>
        caseItems.decide(scope, caseId, item.id, { kind: "move", to: "review" }, officer)
      ),
  );
  equal(await statusOf(alice, caseId), "review");
  deepEqual(await alice.scope((scope) => deliveries.list(scope, caseId)), []);
  deepEqual(await stored(alice), []);
});

Deno.test("what is to be blacked out while an answer is packed is blacked out in it", async () => {
  const at = await approved();
  const { alice, caseId, item } = at;
  let chosen = false;
  await carryOut(at, async () => {
    if (chosen) return;
    chosen = true;
    const choice = { words: ["Falke"], offered: [], leftOut: [] };
    await alice.scope((scope) => caseRedactions.choose(scope, item, choice, officer));
  });
  equal(await statusOf(alice, caseId), "done");
  equal((await stored(alice)).length, 1, "the answer packed first is destroyed");
  const names = [...(await fetched(at.email)).keys()].join(", ");
  ok(names.includes("-vertrag.pdf") && !names.includes("Falke"), names);
});

Deno.test("what is added after the officer's choice goes out only if it is about the person alone", async () => {
  const at = await approved();
  const { alice: { tenantId }, contact, item, alice } = at;
  const choice = { words: [], offered: [], leftOut: [] };
  await alice.scope((scope) => caseRedactions.choose(scope, item, choice, officer));
  await pause(5);
  await put(alice, `/contacts/${contact}`, fileOf(pdf("Über Dritte"), "Nachgereicht.pdf"));
  const note = newId();
  const { owner } = test.db;
  await owner`
    insert into activities (tenant_id, id, kind, subject, body, at, done_at, created_at, updated_at)
    values (${tenantId}, ${note}, 'note', 'Nachtrag', '', now(), now(), now(), now())
  `;
  await owner`
    insert into activity_links (tenant_id, activity_id, record_id, contact_id, direct, at)
    values (${tenantId}, ${note}, ${contact}, ${contact}, true, now())
  `;
  await owner`update contacts set created_at = now() where tenant_id = ${tenantId} and id = ${contact}`;
  await carryOut(at, () => Promise.resolve());
  const found = await fetched(at.email);
  const names = [...found.keys()].join(", ");
  ok(names.includes("Falke-vertrag.pdf") && !names.includes("Nachgereicht"), names);
  const data = found.get("Daten.json")!;
  ok(data.includes("Langsam"), "a record made since is the person's own");
  ok(!data.includes("Nachgereicht") && !data.includes("Nachtrag"), data);
});

Deno.test("an answer packed for somebody else than the person meant at its end is not delivered", async () => {
  const at = await approved();
  const { alice, caseId, contact } = at;
  const other = await contactOf(alice, { lastName: "Gemeint" });
  let said = false;
  await carryOut(at, async () => {
    if (said) return;
    said = true;
    await test.db.owner`
      update case_findings
      set confirmed_at = now(), confirmed_ids = ${[other]}::uuid[], confirmed_hits = '[]'
      where case_id = ${caseId}
    `;
  });
  equal(await statusOf(alice, caseId), "done");
  const data = (await fetched(at.email)).get("Daten.json")!;
  ok(data.includes("Gemeint") && !data.includes(contact));
});

Deno.test("an answer that cannot be offered leaves neither content nor key behind", async () => {
  const at = await approved();
  const before = await keysNow();
  await refusing(at.caseId, () => carryOut(at, () => Promise.resolve()));
  equal(await statusOf(at.alice, at.caseId), "execution");
  deepEqual(await stored(at.alice), []);
  deepEqual(await keysNow(), before);
});

Deno.test("an earlier answer can be fetched until another one has replaced it", async () => {
  const at = await approved();
  const { alice, caseId, email } = at;
  const again = () =>
    test.db.owner.begin(async (sql) => {
      await sql`update cases set status = 'open', closed_at = null, erase_after = null where id = ${caseId}`;
      await sql`
        update case_items
        set status = 'execution', closed_at = null
        where case_id = ${caseId}
      `;
    });
  await carryOut(at, () => Promise.resolve());
  // The job that the approval queued finds it done, and does not carry it out once more below.
  await box.collect(test, email);
  const [first] = await stored(alice);
  await again();
  await refusing(caseId, () => carryOut(at, () => Promise.resolve()));
  deepEqual(await stored(alice), [first]);
  ok((await fetched(email)).has("Daten.json"));
  const before = await keysNow();
  await carryOut(at, () => Promise.resolve());
  const names = await stored(alice);
  equal(names.length, 1);
  ok(names[0] !== first, "replaced");
  equal((await keysNow()).length, before.length, "its key is destroyed");
});

Deno.test("the key of a replaced answer goes with the content that an interruption left", async () => {
  const at = await approved();
  const { alice, caseId } = at;
  await carryOut(at, () => Promise.resolve());
  const [row] = await test.db.owner<{ keyId: string }[]>`
    update deliveries
    set destroyed_at = now(), end_reason = 'replaced'
    where case_id = ${caseId}
    returning key_id
  `;
  setOffset("PT2H");
  try {
    await test.queue.send("expire_deliveries", { tenantId: null });
    await drain(test);
  } finally {
    setOffset(undefined);
  }
  deepEqual(await stored(alice), []);
  ok(!(await keysNow()).includes(row!.keyId));
});

Deno.test("the key of an answer whose process ended before the commit goes with its content", async () => {
  const { alice } = await cast();
  const before = await keysNow();
  const bytes = ReadableStream.from([new TextEncoder().encode("Antwort")]);
  const { keyId, keyBytes } = await deliveries.seal(config, alice.tenantId, bytes);
  await keys.keep(config, keyId, keyBytes);
  setOffset("PT2H");
  try {
    await test.queue.send("expire_deliveries", { tenantId: null });
    await drain(test);
  } finally {
    setOffset(undefined);
  }
  deepEqual(await stored(alice), []);
  deepEqual(await keysNow(), before);
});
