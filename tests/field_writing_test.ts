/** What a role may not write is written on no path, whatever is sent; hidden values survive each of them. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import type { Kind } from "../db/record_kinds.ts";
import { program } from "./support/api.ts";
import type { Fields } from "./support/app.ts";
import type { Person } from "./support/cast.ts";
import { fieldName, newContact, valuesIn } from "./support/custom_fields.ts";
import { each, settle, type Stock, stockOf } from "./support/field_rights.ts";
import { formOf, text, values } from "./support/html.ts";
import { fileOf, grounds, importAll, upload } from "./support/imports.ts";
import { merge } from "./support/merging.ts";

const nouns = { contact: "contacts", company: "companies", deal: "deals" } as const;
const tables = nouns;

/** A record's own row, and what its custom fields hold. */
async function rowOf({ alice }: Stock, kind: Kind, id: string) {
  const { owner } = alice.test.db;
  const [row] = await owner`
    select to_jsonb(r) - 'version' - 'updated_at' - 'updated_by' - 'last_touch_at' as row
    from ${owner(tables[kind])} r where tenant_id = ${alice.tenantId} and id = ${id}
  `;
  return { row: row!.row as Record<string, unknown>, own: await valuesIn(alice, kind, id) };
}

/** Opens a record's form and sends it with these fields, as a browser would, or against it. */
async function edit(who: Person, kind: Kind, id: string, fields: Fields): Promise<Response> {
  const at = `/${nouns[kind]}/${id}/edit`;
  return await who.post(at, { ...formOf(await (await who.get(at)).text()), ...fields });
}

/** Each field that can be closed, as a form and as a program write it. */
const writes: Record<Kind, Record<string, [Fields, Record<string, unknown>]>> = {
  contact: {
    position: [{ position: "anders" }, { position: "anders" }],
    birthday: [{ birthday: "" }, { birthday: null }],
    website: [{ website: "https://anders.example" }, { website: "https://anders.example" }],
    notes: [{ notes: "" }, { notes: "" }],
    status: [{ status: "customer" }, { status: "customer" }],
    ownerId: [{ ownerId: "" }, { ownerId: null }],
    customerNumber: [{ customerNumber: "K-1" }, { customerNumber: "K-1" }],
    tags: [{ newTags: "anders" }, { tags: ["anders"] }],
  },
  company: {
    taxNumber: [{ taxNumber: "1" }, { taxNumber: "1" }],
    register: [{ registerNumber: "HRB 1" }, { registerCourt: "anders" }],
    notes: [{ notes: "anders" }, { notes: "anders" }],
    industry: [{ industry: "anders" }, { industry: "anders" }],
    vatId: [{ vatId: "DE136695976" }, { vatId: "DE136695976" }],
    website: [{ website: "https://anders.example" }, { website: "https://anders.example" }],
    parentId: [{ parentName: "Mutter AG" }, { parentId: null }],
    status: [{ status: "customer" }, { status: "customer" }],
    ownerId: [{ ownerId: "" }, { ownerId: null }],
    customerNumber: [{ customerNumber: "K-1" }, { customerNumber: "K-1" }],
    tags: [{ tags: "anders" }, { tags: ["anders"] }],
  },
  deal: {
    amount: [{ amount: "1" }, { amountCents: 1 }],
    expectedCloseOn: [{ expectedCloseOn: "" }, { expectedCloseOn: null }],
    notes: [{ notes: "anders" }, { notes: "anders" }],
    source: [{ source: "anders" }, { source: "anders" }],
    ownerId: [{ ownerId: "" }, { ownerId: null }],
    tags: [{ newTags: "anders" }, { tags: ["anders"] }],
  },
};

Deno.test("a read-only field is refused in forms and from programs, and stays when the rest is saved", async () => {
  const here = await stockOf();
  const { alice, bob, ids, own } = here;
  const sent = await program(bob);
  for (const kind of ["contact", "company", "deal"] as const) {
    const closed = each([...Object.keys(writes[kind]), own[kind]], "member", "read_only");
    await settle(alice, kind, closed);
    const before = await rowOf(here, kind, ids[kind]);
    const address = `/${nouns[kind]}/${ids[kind]}`;
    const page = await text(await bob.get(`${address}/edit`));
    match(page, /Nur lesen dürfen Sie: /);
    const tries: [string, Fields, Record<string, unknown>][] = [
      ...Object.entries(writes[kind]).map(([name, [form, body]]) => [name, form, body] as const),
      ["own", { [fieldName(own[kind])]: "anders" }, { custom: { [nameOf[kind]]: "anders" } }],
    ].map((each) => [...each] as [string, Fields, Record<string, unknown>]);
    for (const [name, form, body] of tries) {
      const answer = await edit(bob, kind, ids[kind], form);
      equal(answer.status, 422, `${kind}: ${name}`);
      match(await text(answer), /Dieses Feld dürfen Sie nicht ändern/, `${kind}: ${name}`);
      const etag = (await sent.get(address)).headers.get("ETag")!;
      const refused = await sent.patch(address, body, etag);
      equal(refused.status, 422, `${kind}: ${name}`);
      const [fault] = refused.json.errors;
      equal(fault.code, "field_rights.read_only", `${kind}: ${name}`);
      match(fault.pointer, new RegExp(`^/${Object.keys(body)[0]}`));
    }
    deepEqual(await rowOf(here, kind, ids[kind]), before, kind);
    // Saving the rest leaves closed fields unchanged, read-only or hidden.
    const renamed = kind === "contact" ? "lastName" : kind === "company" ? "name" : "title";
    for (const level of ["read_only", "hidden"]) {
      await settle(alice, kind, each(here.fields(kind), "member", level));
      const name = `Offenbar ${level}`;
      equal((await edit(bob, kind, ids[kind], { [renamed]: name })).status, 303, kind);
      const etag = (await sent.get(address)).headers.get("ETag")!;
      equal((await sent.patch(address, { [renamed]: `${name} 2` }, etag)).status, 200);
      const after = await rowOf(here, kind, ids[kind]);
      const kept = Object.keys(before.row).filter((column) =>
        JSON.stringify(before.row[column]) !== JSON.stringify(after.row[column])
      );
      ok(
        kept.every((column) =>
          /name|title|search|summary|sort|sound|key|domain|status|stage/.test(column)
        ),
        `${kind}: ${kept}`,
      );
      deepEqual(after.own, before.own, kind);
    }
    await settle(alice, kind, {});
  }
});

const nameOf = { contact: "kennwort", company: "kennzahl", deal: "kennfarbe" } as const;

Deno.test("new records begin without what their author may not write, and with the author as owner", async () => {
  const here = await stockOf();
  const { alice, bob, own } = here;
  await settle(alice, "contact", {
    ...each(["position", "ownerId", own.contact], "member", "read_only"),
    ...each(["notes"], "member", "hidden"),
  });
  const refused = await bob.post("/contacts/new", {
    ...{ lastName: "Neu", origin: "inquiry", position: "Chef", notes: "heimlich" },
    [fieldName(own.contact)]: "anders",
  });
  equal(refused.status, 422);
  match(await text(refused), /Dieses Feld dürfen Sie nicht ändern/);
  const id = await newContact(bob, { lastName: "Neu" });
  const { row } = await rowOf(here, "contact", id);
  deepEqual([row.owner_id, row.position, row.notes], [bob.userId, "", ""]);
  const sent = await program(bob);
  const body = { lastName: "Programm", origin: "inquiry", legalBasis: "contract" };
  equal((await sent.post("/contacts", { ...body, notes: "x" })).json.errors[0].pointer, "/notes");
  const made = await sent.post("/contacts", body);
  equal(made.status, 201);
  ok(!("notes" in made.json) && !("custom" in made.json && "x" in made.json.custom));
  equal((await rowOf(here, "contact", made.json.id)).row.owner_id, bob.userId);
});

Deno.test("bulk changes are neither offered nor made nor undone on a closed field", async () => {
  const here = await stockOf();
  const { alice, bob, ids, own } = here;
  const form = async (action: string) => {
    const html = await (await bob.get(
      `/bulk-changes/new?kind=contact&action=${action}&ids=${ids.contact}`,
    )).text();
    return { kind: "contact", action, ids: ids.contact, counted: values(html, "counted")[0]! };
  };
  const custom = { [fieldName(own.contact)]: "massenhaft" };
  const done = await bob.post("/bulk-changes/new", {
    ...await form(`custom:${own.contact}`),
    ...custom,
  });
  equal(done.status, 303);
  const [change] = await alice.test.db.owner<[{ id: string }]>`
    select id from bulk_changes where tenant_id = ${alice.tenantId}
  `;
  await settle(
    alice,
    "contact",
    each([own.contact, "status", "ownerId", "tags"], "member", "read_only"),
  );
  const page = await (await bob.get("/contacts")).text();
  const from = page.indexOf('<select name="action"');
  const offered = page.slice(from, page.indexOf("</select>", from));
  for (const action of [`custom:${own.contact}`, "status", "owner", "tag", "untag"]) {
    ok(from > 0 && !offered.includes(`value="${action}"`), action);
  }
  const before = await rowOf(here, "contact", ids.contact);
  const wishes: [string, Fields][] = [
    [`custom:${own.contact}`, custom],
    ["status", { value: "customer" }],
    ["owner", { value: bob.userId }],
    ["tag", { newTag: "massenhaft" }],
  ];
  for (const [action, value] of wishes) {
    const asked = { kind: "contact", action, ids: ids.contact };
    const opened = await bob.get(`/bulk-changes/new?${new URLSearchParams(asked)}`);
    equal(opened.status, 303, `${action} is refused before anything is typed`);
    match(await text(await bob.get("/contacts")), /Dieses Feld dürfen Sie nicht ändern/, action);
    const answer = await bob.post("/bulk-changes/new", { ...asked, counted: "1", ...value });
    equal(answer.status, 422, action);
    match(await text(answer), /Dieses Feld dürfen Sie nicht ändern/, action);
  }
  await bob.post(`/bulk-changes/${change.id}/undo`);
  deepEqual(await rowOf(here, "contact", ids.contact), before);
  equal((await alice.post(`/bulk-changes/${change.id}/undo`)).status, 303);
  deepEqual((await rowOf(here, "contact", ids.contact)).own[own.contact], ["Quasarmarke"]);
});

Deno.test("an import of somebody with more rights is neither shown to a limited role nor run by it", async () => {
  const house = await stockOf();
  const { alice, bob } = house;
  const csv = "Vorname,Nachname,Geburtstag,Position\nMia,Muster,24.12.1971,Geheimrat\n,,,Leer\n";
  const [open, done] = [await upload(alice, fileOf(csv)), await importAll(alice, fileOf(csv))];
  match(await text(await bob.get(`/imports/${open}`)), /Geheimrat/);
  await settle(alice, "contact", each(["birthday", "position"], "member", "hidden"));
  const own = await upload(bob, fileOf(csv));
  const pages = [open, done].flatMap((id) => ["", "/rejected.csv", "/undo"].map((at) => id + at));
  for (const at of pages) equal((await bob.get(`/imports/${at}`)).status, 404, at);
  for (const act of ["", "/reading", "/settings", "/choices", "/run", "/removal", "/undo"]) {
    equal((await bob.post(`/imports/${open}${act}`, grounds)).status, 404, act);
  }
  const list = await (await bob.get("/imports")).text();
  deepEqual([open, done, own].map((id) => list.includes(id)), [false, false, true]);
  equal((await bob.get(`/imports/${own}`)).status, 200);
  equal((await alice.get(`/imports/${open}`)).status, 200);
});

Deno.test("an import says which fields it leaves out, and leaves them out of new and known records", async () => {
  const here = await stockOf();
  const { alice, bob, ids, own } = here;
  const { owner } = alice.test.db;
  await owner`
    insert into emails (tenant_id, id, contact_id, kind, address, position)
    values (${alice.tenantId}, gen_random_uuid(), ${ids.contact}, 'work', 'da@example.org', 0)
  `;
  await settle(alice, "contact", {
    ...each(["position", "tags", own.contact], "member", "read_only"),
    ...each(["notes"], "member", "hidden"),
  });
  const csv = [
    "Vorname,Nachname,E-Mail,Position,Notizen,Schlagwörter,Kennwort,Website",
    "Anna,Offenbar,da@example.org,Import,Import,Import,Import,https://import.example",
    "Neu,Neumann,neu@example.org,Import,Import,Import,Import,https://import.example",
  ].join("\n");
  const id = await upload(bob, fileOf(csv));
  match(
    await text(await bob.get(`/imports/${id}`)),
    /der Import lässt sie aus: Kontakt: Position, Kontakt: Notizen, Kontakt: Schlagwörter, Kontakt: Kennwort/,
  );
  const done = await importAll(bob, fileOf(csv), { existing: "overwrite", tags: "Lauf" });
  // Taking it back would write what is closed to him by now.
  equal((await bob.get(`/imports/${done}/undo`)).status, 403);
  equal((await alice.get(`/imports/${done}/undo`)).status, 200);
  const known = await rowOf(here, "contact", ids.contact);
  deepEqual([known.row.position, known.row.notes, known.row.website], [
    ...["Prokuristmarke", "Notizmarke", "https://import.example"],
  ]);
  deepEqual(known.own, { [own.contact]: ["Quasarmarke"] });
  const [fresh] = await owner<[{ id: string; search: string }]>`
    select id, search from contacts where tenant_id = ${alice.tenantId} and last_name = 'Neumann'
  `;
  const made = await rowOf(here, "contact", fresh.id);
  deepEqual([made.row.position, made.row.notes, made.row.website, made.own], [
    ...["", "", "https://import.example", {}],
  ]);
  ok(!/lauf/.test(fresh.search), "without the tags of the run");
  // What only others may not see, an import by who may does not make findable.
  await importAll(alice, fileOf("Nachname,Kennwort\nNachtrag,Nebelmarke"));
  ok(!/Nachtrag/.test(await text(await bob.get("/contacts?q=Nebelmarke"))));
  await settle(alice, "contact", each([own.contact], "member", "hidden"));
  await importAll(alice, fileOf("Nachname,Kennwort\nVerdeckt,Schleiermarke"));
  ok(!/Verdeckt/.test(await text(await bob.get("/contacts?q=Schleiermarke"))));
});

Deno.test("a merge offers no choice of closed fields: the oldest record decides and no note is lost", async () => {
  const here = await stockOf();
  const { alice, bob, ids, own } = here;
  const other = await newContact(alice, {
    ...{
      lastName: "Offenbar",
      position: "Zweitposition",
      notes: "Zweitnotiz",
      website: "zweit.example",
    },
    [fieldName(own.contact)]: "Zweitwort",
  });
  await settle(alice, "contact", {
    ...each(["position", "birthday"], "member", "read_only"),
    ...each(["notes", own.contact], "member", "hidden"),
  });
  const at = `/merges/new?kind=contact&ids=${ids.contact}&ids=${other}&take=${other}`;
  const html = await (await bob.get(at)).text();
  match(html, /Zweitposition/);
  ok(!/Zweitnotiz|Zweitwort|name="choice.position"|name="choice.notes"/.test(html));
  const form: Record<string, string> = { ...formOf(html), id: newId() };
  const answer = await bob.post("/merges/new", {
    ...form,
    "choice.position": other,
    "choice.notes": other,
    [`choice.f${own.contact.replaceAll("-", "")}`]: other,
  });
  equal(answer.status, 303, await answer.text());
  const { row, own: held } = await rowOf(here, "contact", ids.contact);
  deepEqual([row.position, row.notes, row.website, held[own.contact]], [
    ...["Prokuristmarke", "Notizmarke\n\nZweitnotiz", "https://zweit.example"],
    ["Quasarmarke"],
  ]);
  // What the merge did automatically in closed fields, its author can undo.
  equal(
    (await bob.post(`/merges/${form.id}/undo`)).headers.get("Location")!.slice(0, 9),
    "/contacts",
  );
  const parted = await rowOf(here, "contact", ids.contact);
  deepEqual([parted.row.notes, parted.row.website], ["Notizmarke", "https://geheimseite.example"]);
});

Deno.test("a merge that chose in a closed field is undone only by who may write that field", async () => {
  const here = await stockOf();
  const { alice, bob, ids, own } = here;
  const fields = { lastName: "Offenbar", position: "Zweitposition" };
  const other = await newContact(alice, { ...fields, [fieldName(own.contact)]: "Zweitwort" });
  const stood = await rowOf(here, "contact", ids.contact);
  const undo = `/merges/${await merge(alice, "contact", [ids.contact, other], other)}/undo`;
  const before = await rowOf(here, "contact", ids.contact);
  deepEqual([before.row.position, before.own[own.contact]], ["Zweitposition", ["Zweitwort"]]);
  for (const field of ["position", own.contact]) {
    await settle(alice, "contact", each([field], "member", "read_only"));
    equal((await bob.post(undo)).headers.get("Location"), "/merges");
    match(await text(await bob.get("/merges")), /Felder.*, die Ihre Rolle nicht ändern darf/);
    deepEqual(await rowOf(here, "contact", ids.contact), before, field);
  }
  // A field that the merge did not choose in blocks nobody.
  await settle(alice, "contact", each(["birthday"], "member", "read_only"));
  equal((await bob.post(undo)).headers.get("Location"), `/contacts/${ids.contact}`);
  const after = await rowOf(here, "contact", ids.contact);
  deepEqual([after.row.position, after.own], [stood.row.position, stood.own]);
});

Deno.test("tags are renamed and deleted only by who may write them on every kind of record", async () => {
  const { alice, bob, ids } = await stockOf();
  const form = formOf(await (await alice.get(`/contacts/${ids.contact}/edit`)).text());
  await alice.post(`/contacts/${ids.contact}/edit`, { ...form, newTags: "Gemeinsam" });
  const [tag] = await alice.test.db.owner<[{ id: string }]>`
    select id from tags where tenant_id = ${alice.tenantId} and name = 'Gemeinsam'
  `;
  const name = { [`names.${tag.id.replaceAll("-", "")}`]: "Anders" };
  for (const kind of ["contact", "company", "deal"] as const) {
    await settle(alice, kind, each(["tags"], "member", "read_only"));
    equal((await bob.post(`/tags/${tag.id}`, name)).status, 403, kind);
    equal((await bob.post(`/tags/${tag.id}/deletion`)).status, 403, kind);
    const page = await (await bob.get("/tags")).text();
    ok(page.includes("Gemeinsam") && !page.includes(`/tags/${tag.id}`), kind);
    await settle(alice, kind, {});
  }
  equal((await bob.post(`/tags/${tag.id}`, name)).status, 303);
});
