/** Duplicates found before they are created: while typing and by the submitted form, for this tenant alone. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as duplicates from "../db/duplicates.ts";
import type { Client, Fields } from "./support/app.ts";
import { errors } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { idOf, text } from "./support/html.ts";

const partial = { "HX-Request": "true", "HX-Request-Type": "partial" };

/** What the form shows below the name while this is typed. */
async function typed(client: Client, noun: string, fields: Fields): Promise<string> {
  const answer = await client.post(`/duplicates/${noun}`, fields, partial);
  equal(answer.status, 200);
  return await text(answer);
}

async function made(client: Client, path: string, fields: Fields): Promise<string> {
  const answer = await client.post(path, { _anyway: "1", origin: "card", ...fields });
  equal(answer.status, 303, answer.status === 422 ? await text(answer) : "");
  return idOf(answer);
}

const maier: Fields = {
  firstName: "Jörg",
  lastName: "Maier",
  "emails.0.address": "j.maier@kupferhof.example",
  "phones.0.number": "040 12345678",
  "companies.0.name": "Kupferhof Metallbau GmbH",
  "addresses.0.postalCode": "20457",
  "addresses.0.city": "Lüneburg",
};

Deno.test("a duplicate person is found by e-mail, phone, folded name, and by sound with company or place", async () => {
  const { alice } = await cast();
  const id = await made(alice, "/contacts/new", maier);
  const cases: [string, Fields][] = [
    ["gleiche E-Mail-Adresse", { "emails.0.address": "J.MAIER@kupferhof.example" }],
    ["gleiche Telefonnummer", { "phones.0.number": "+49 (40) 123 456 78" }],
    ["gleicher Name", { firstName: "JOERG", lastName: "maier" }],
    ["Name klingt gleich", {
      firstName: "Jürg",
      lastName: "Meyer",
      "companies.0.name": "KUPFERHOF-Metallbau AG",
    }],
    ["Name klingt gleich", {
      firstName: "Jörg",
      lastName: "Mayr",
      "addresses.0.city": "Lueneburg",
    }],
    ["Name klingt gleich", {
      lastName: "Jork",
      firstName: "Meier",
      "addresses.0.postalCode": "20457",
    }],
  ];
  for (const [reason, fields] of cases) {
    const found = await typed(alice, "contacts", fields);
    match(found, /Jörg Maier/, JSON.stringify(fields));
    ok(found.includes(reason), `${reason}: ${found}`);
  }
  const html = await (await alice.post("/duplicates/contacts", maier, partial)).text();
  ok(html.includes(`href="/contacts/${id}"`) && !html.includes("<html"));
  equal(html.split("<li>").length, 2, "one line for one record, however many keys hit");
});

Deno.test("a like sound without company or place, and half-typed values, say nothing", async () => {
  const { alice } = await cast();
  await made(alice, "/contacts/new", maier);
  const silent: Fields[] = [
    {},
    { firstName: "Jörg", lastName: "Meyer" },
    { lastName: "Maier" },
    { firstName: "Jürg", lastName: "Meyer", "addresses.0.city": "Hamburg" },
    { "emails.0.address": "j.maier@", "phones.0.number": "04" },
    { firstName: "\u0000\uD800", lastName: ["Maier", "Jörg"], "emails.x.address": "j" },
  ];
  for (const fields of silent) {
    equal(await typed(alice, "contacts", fields), "", `${fields.lastName}`);
  }
  deepEqual(errors, []);
});

Deno.test("without script the sent form shows the same, keeps its fields and can be sent all the same", async () => {
  const { alice, bob } = await cast();
  const id = await made(alice, "/contacts/new", maier);
  const fields = { ...maier, firstName: "Jörk", lastName: "Meyr", origin: "card" };
  const { "emails.0.address": _, "phones.0.number": __, ...weak } = fields as Fields;
  const warned = await bob.post("/contacts/new", weak);
  equal(warned.status, 422);
  const html = await warned.text();
  ok(html.includes(`href="/contacts/${id}"`));
  match(html, /value="Meyr"/);
  match(html, /name="_anyway"/);
  const second = await made(bob, "/contacts/new", weak);
  ok(second !== id);
});

Deno.test("a duplicate company is found by VAT id, domain and name without legal form", async () => {
  const { alice } = await cast();
  await made(alice, "/companies/new", {
    name: "Lüttfeld Handels GmbH & Co. KG",
    vatId: "DE136695976",
    website: "https://www.luettfeld.example/start",
    "emails.0.address": "info@mail.luettfeld.example",
  });
  const cases: [string, Fields][] = [
    ["gleiche USt-IdNr.", { vatId: "de 136 695 976" }],
    ["gleiche Domain", { website: "luettfeld.example" }],
    ["gleiche Domain", { "emails.0.address": "einkauf@Luettfeld.example" }],
    ["gleiche Domain", { "emails.0.address": "neu@mail.luettfeld.example" }],
    ["gleicher Name", { name: "LUETTFELD-HANDELS AG" }],
    ["gleicher Name", { name: "Luttfeld Handels" }],
  ];
  for (const [reason, fields] of cases) {
    const found = await typed(alice, "companies", fields);
    ok(found.includes("Lüttfeld Handels GmbH & Co. KG"), JSON.stringify(fields));
    ok(found.includes(reason), `${reason}: ${found}`);
  }
  const warned = await alice.post("/companies/new", { name: "Lüttfeld Handels UG" });
  equal(warned.status, 422);
  ok((await text(warned)).includes("Diese Firma gibt es vielleicht schon:"));
});

Deno.test("the domain of a public mail host makes no company a duplicate", async () => {
  const { alice } = await cast();
  await made(alice, "/companies/new", { name: "Eins", "emails.0.address": "eins@gmx.de" });
  equal(await typed(alice, "companies", { "emails.0.address": "zwei@gmx.de" }), "");
});

Deno.test("the trash, the other tenant and restricted persons stay hidden; read-only users may not ask", async () => {
  const { alice, charlie, vera, visitor } = await cast();
  const id = await made(alice, "/contacts/new", maier);
  equal(await typed(charlie, "contacts", maier), "");
  equal((await vera.post("/duplicates/contacts", maier)).status, 403);
  equal((await visitor.post("/duplicates/contacts", maier)).status, 401);
  await alice.test.db.owner`update contacts set restricted_at = now() where id = ${id}`;
  equal(await typed(alice, "contacts", maier), "");
  await alice.test.db.owner`update contacts set restricted_at = null where id = ${id}`;
  match(await typed(alice, "contacts", maier), /Maier/);
  await alice.post(`/contacts/${id}/deletion`);
  equal(await typed(alice, "contacts", maier), "");
});

Deno.test("a number that thousands share is answered as quickly as any other", async () => {
  const { alice, test } = await cast();
  const { tenantId } = alice;
  await test.db.owner`
    with made as (
      insert into contacts (
        tenant_id, id, first_name, last_name, source, source_channel, legal_basis, purpose,
        last_touch_at, created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'Nr. ' || n, 'Zentrale', 'x', 'manual', 'contract',
        'sales', now(), now(), now()
      from generate_series(1, 4000) n
      returning id
    )
    insert into phones (tenant_id, id, contact_id, number)
    select ${tenantId}, gen_random_uuid(), id, '+494012345678'
    from made
  `;
  const found = await alice.scope(async (scope) => {
    await scope.sql`set local statement_timeout = '1s'`;
    const draft = { emails: [], companies: [], cities: [], postalCodes: [] };
    return await duplicates.listContacts(scope, {
      ...draft,
      firstName: "",
      lastName: "Neu",
      phones: ["+494012345678"],
    });
  });
  equal(found.length, 5);
});
