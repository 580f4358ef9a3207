/** Deals: created, read, changed, detected as conflicts; nothing typed is lost. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import { cast } from "./support/cast.ts";
import { newDeal, postDeal, stagesOf } from "./support/deals.ts";
import { attribute, idOf, text, values } from "./support/html.ts";

const full = {
  title: "Rahmenvertrag Edelstahlschrauben",
  companyName: "Haselbrook Metallbau GmbH",
  amount: "12.345,67",
  currency: "EUR",
  expectedCloseOn: "2027-03-31",
  source: "Hausmesse",
  notes: "Zwei Unterschriften nötig.",
  newTags: "Bauvorhaben",
};

const plain = (words: string) => words.replaceAll(/[\u00a0\u202f]/g, " ");

Deno.test("a deal is made with all its fields and shows them, with its company and first step", async () => {
  const { alice, bob } = await cast();
  const id = await newDeal(alice, { ...full, ownerId: bob.userId });
  const page = plain(await text(await bob.get(`/deals/${id}`)));
  for (
    const words of [
      "Rahmenvertrag Edelstahlschrauben",
      "Haselbrook Metallbau GmbH",
      "12.345,67 €",
      "31.03.2027",
      "Bob Brandt",
      "Hausmesse",
      "Zwei Unterschriften nötig.",
      "Bauvorhaben",
      "10 %, gewichtet 1.234,57 €",
      "unter einem Tag",
    ]
  ) ok(page.includes(words), words);
  match(page, /Haselbrook Metallbau GmbH · 12\.345,67 € · Abschluss 31\.03\.2027/);
  const steps = await alice.test.db.owner`
    select from_stage_id, to_stage_id, actor_id
    from deal_stage_changes
    where deal_id = ${id}
  `;
  const { Anfrage } = await stagesOf(alice);
  deepEqual(steps.map((row) => ({ ...row })), [
    { fromStageId: null, toStageId: Anfrage!.id, actorId: alice.userId },
  ]);
});

Deno.test("a company is found by its name, however it is spelled, else made", async () => {
  const { alice } = await cast();
  const company = idOf(await alice.post("/companies/new", { name: "Müller & Söhne" }));
  const first = await newDeal(alice, { companyName: "mueller & soehne" });
  const second = await newDeal(alice, { companyName: "Völlig neu KG" });
  const rows = await alice.test.db.owner<{ id: string; companyId: string; name: string }[]>`
    select d.id, d.company_id, c.name
    from deals d
    join companies c on c.tenant_id = d.tenant_id and c.id = d.company_id
    where d.tenant_id = ${alice.tenantId}
  `;
  equal(rows.find(({ id }) => id === first)!.companyId, company);
  const made = rows.find(({ id }) => id === second)!;
  equal(made.name, "Völlig neu KG");
  const page = await text(await alice.get(`/companies/${made.companyId}?timeline=changes`));
  match(page, /Änderung: angelegt/, "its history begins as any other company's");
});

Deno.test("faults are shown beside their fields, and what was typed stays", async () => {
  const { alice } = await cast();
  const answer = await postDeal(alice, {
    ...full,
    title: "",
    amount: "zwölf",
    expectedCloseOn: "2027-02-30",
    currency: "ZZZ",
    ownerId: newId(),
  });
  equal(answer.status, 422);
  const html = await answer.text();
  for (const name of ["title", "amount", "expectedCloseOn", "currency"]) {
    const control = new RegExp(`<(input|select)[^>]* name="${name}"[^>]*>`).exec(html)![0];
    equal(attribute(control, "aria-invalid"), "true", name);
    const described = attribute(control, "aria-describedby")!.split(" ");
    ok(described.some((each) => html.includes(`id="${each}"`)), name);
  }
  deepEqual(values(html, "amount"), ["zwölf"]);
  deepEqual(values(html, "companyName"), [full.companyName]);
  match(html, /Zwei Unterschriften nötig\./);
});

Deno.test("an unknown owner, stage, reason or currency is refused", async () => {
  const { alice } = await cast();
  const wrong: [Record<string, string>, string][] = [
    [{ ownerId: newId() }, "Diese Person kann nicht zuständig sein."],
    [{ stageId: newId() }, "Diese Stufe gibt es nicht mehr."],
    [{ lostReasonId: newId() }, "Wählen Sie einen der angebotenen Werte."],
    [{ amount: "12 CHF" }, "Im Betrag steht eine andere Währung."],
    [{ amount: "123.456.789.012,99" }, "Höchstens 99.999.999.999,99."],
  ];
  for (const [fields, words] of wrong) {
    const answer = await postDeal(alice, { ...full, ...fields });
    equal(answer.status, 422, words);
    ok((await text(answer)).includes(words), words);
  }
  const [row] = await alice.test.db.owner`
    select count(*)::int as n
    from deals
    where tenant_id = ${alice.tenantId}
  `;
  equal(row!.n, 0);
});

Deno.test("the form sent twice makes one deal, and another tenant's id makes none", async () => {
  const { alice, bob } = await cast();
  const html = await (await alice.get("/deals/new")).text();
  const [id] = values(html, "id");
  const again = [
    await newDeal(alice, { ...full, id: id! }),
    await newDeal(alice, { ...full, id: id! }),
  ];
  equal(again[0], again[1]);
  equal((await postDeal(bob, { ...full, id: id! })).status, 404);
  const rows = await alice.test.db.owner`
    select id
    from deals
    where tenant_id = ${alice.tenantId}
  `;
  equal(rows.length, 1);
});

Deno.test("a change is written with its history: values of the amount, of texts only the name", async () => {
  const { alice } = await cast();
  const id = await newDeal(alice, full);
  const form = await (await alice.get(`/deals/${id}/edit`)).text();
  deepEqual(values(form, "amount"), ["12.345,67"]);
  const { Angebot } = await stagesOf(alice);
  const answer = await alice.post(`/deals/${id}/edit`, {
    ...full,
    title: "Rahmenvertrag, Zwischenstand",
    amount: "20000",
    version: "1",
    stageId: Angebot!.id,
    tags: "Bauvorhaben",
    newTags: "",
  });
  equal(answer.status, 303);
  const page = plain(await text(await alice.get(`/deals/${id}`)));
  ok(page.includes("20.000,00 €"));
  ok(page.includes("Titel; Betrag: 12.345,67 → 20.000,00"), page);
  const [changes] = await alice.test.db.owner<{ fields: string }[]>`
    select string_agg(fields::text, '') as fields
    from changes
    where record_id = ${id}
  `;
  equal(changes!.fields.includes("Zwischenstand"), false);
  const steps = await alice.test.db.owner`select id from deal_stage_changes where deal_id = ${id}`;
  equal(steps.length, 2);
});

Deno.test("saving without a change leaves no trace", async () => {
  const { alice } = await cast();
  const id = await newDeal(alice, full);
  const { Anfrage } = await stagesOf(alice);
  await alice.post(`/deals/${id}/edit`, {
    ...full,
    version: "1",
    stageId: Anfrage!.id,
    tags: "Bauvorhaben",
    newTags: "",
  });
  const [row] = await alice.test.db.owner`select version from deals where id = ${id}`;
  equal(row!.version, 1);
});

Deno.test("of two people who save, the second sees both versions and loses nothing", async () => {
  const { alice, bob } = await cast();
  const { Anfrage } = await stagesOf(alice);
  const id = await newDeal(alice, full);
  const edit = { ...full, version: "1", stageId: Anfrage!.id, tags: "Bauvorhaben", newTags: "" };
  await alice.post(`/deals/${id}/edit`, { ...edit, amount: "9.000" });
  const answer = await bob.post(`/deals/${id}/edit`, { ...edit, amount: "8000", source: "Messe" });
  equal(answer.status, 409);
  const html = await answer.text();
  deepEqual(values(html, "amount"), ["8000"]);
  deepEqual(values(html, "version"), ["2"]);
  const words = plain(await text(new Response(html)));
  ok(words.includes("Betrag 8.000,00 9.000,00"), words);
  ok(words.includes("Herkunft Messe Hausmesse"));
  const saved = await bob.post(`/deals/${id}/edit`, { ...edit, version: "2", amount: "8000" });
  equal(saved.status, 303);
});

Deno.test("read-only users change nothing, and another tenant finds nothing", async () => {
  const { alice, vera, charlie } = await cast();
  const id = await newDeal(alice, full);
  equal((await vera.get(`/deals/${id}`)).status, 200);
  for (const path of ["/deals/new", `/deals/${id}/edit`, `/deals/${id}/contacts`]) {
    equal((await vera.get(path)).status, 403, path);
  }
  const { Angebot } = await stagesOf(alice);
  const move = { stage: Angebot!.id, version: "1" };
  for (const path of ["edit", "deletion", "stage", "loss", "contacts"]) {
    equal((await vera.post(`/deals/${id}/${path}`, move)).status, 403, path);
    equal((await charlie.post(`/deals/${id}/${path}`, move)).status, 404, path);
  }
  const page = await (await vera.get(`/deals/${id}`)).text();
  equal(page.includes("/deletion"), false);
  equal(page.includes(`name="stage"`), false);
  equal((await charlie.get(`/deals/${id}`)).status, 404);
  for (const path of ["/deals", "/deals/board", "/search?q=rahmenvertrag"]) {
    equal((await text(await charlie.get(path))).includes("Edelstahl"), false, path);
  }
});

Deno.test("a deleted deal is gone from board, list, search and company, and can be restored in full", async () => {
  const { alice } = await cast();
  const id = await newDeal(alice, full);
  const company = await alice.test.db.owner<{ id: string }[]>`
    select company_id as id
    from deals
    where id = ${id}
  `;
  const places = [
    "/deals/board",
    "/deals",
    "/search?q=edelstahl",
    `/companies/${company[0]!.id}`,
  ];
  const seen = async () =>
    await Promise.all(
      places.map(async (path) => (await text(await alice.get(path))).includes("Rahmenvertrag")),
    );
  deepEqual(await seen(), [true, true, true, true]);
  await alice.post(`/deals/${id}/deletion`);
  equal((await text(await alice.get("/deals/board"))).includes("liegt im Papierkorb"), true);
  deepEqual(await seen(), [false, false, false, false]);
  const trash = await text(await alice.get("/trash"));
  ok(trash.includes("Rahmenvertrag Edelstahlschrauben") && trash.includes("Deal"));
  const back = await alice.post(`/trash/deals/${id}/restoration`);
  equal(back.headers.get("Location"), `/deals/${id}`);
  await alice.get("/deals");
  deepEqual(await seen(), [true, true, true, true]);
});

Deno.test("a deal outlives its company, whose name goes from search and list with it", async () => {
  const { alice } = await cast();
  const id = await newDeal(alice, full);
  const [{ companyId }] = await alice.test.db.owner<[{ companyId: string }]>`
    select company_id
    from deals
    where id = ${id}
  `;
  const found = async () => (await text(await alice.get("/deals?q=haselbrook"))).includes("Rahmen");
  equal(await found(), true);
  const rename = { name: "Birkmoor Metallbau GmbH", version: "1" };
  await alice.post(`/companies/${companyId}/edit`, rename);
  equal(await found(), false);
  ok((await text(await alice.get("/deals?q=birkmoor"))).includes("Birkmoor Metallbau GmbH"));
  await alice.post(`/companies/${companyId}/deletion`);
  equal((await text(await alice.get(`/deals/${id}`))).includes("Birkmoor"), false);
  equal((await text(await alice.get("/deals?q=birkmoor"))).includes("Rahmen"), false);
  await alice.test.db.owner`delete from companies where id = ${companyId}`;
  equal((await alice.get(`/deals/${id}`)).status, 200);
});

Deno.test("whatever is sent, the status is below 500", async () => {
  const { alice } = await cast();
  const id = await newDeal(alice, full);
  const odd = [
    "\0",
    "a".repeat(30_000),
    "'; --",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "-1",
    "1e9",
  ];
  for (const value of odd) {
    const fields = Object.fromEntries(
      Object.keys({ ...full, stageId: 1, version: 1, ownerId: 1, lostReasonId: 1, contactIds: 1 })
        .map((name) => [name, value]),
    );
    for (const path of ["/deals/new", `/deals/${id}/edit`]) {
      const one = await alice.post(path, fields);
      const many = await alice.post(
        path,
        Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, [each, each]])),
      );
      ok(one.status < 500 && many.status < 500, `${path} ${value.slice(0, 20)}`);
    }
    for (const part of ["stage", "stage/undo", "loss", "contacts", "contacts/removal"]) {
      const fields = { stage: value, version: value, reason: value, contactId: value, role: value };
      ok(
        (await alice.post(`/deals/${id}/${part}`, { ...fields, board: value })).status < 500,
        part,
      );
    }
    const query = new URLSearchParams(
      ["pipeline", "owner", "tag", "rotting", "stage", "after", "lost", "company", "person"]
        .map((name) => [name, value]),
    );
    for (const path of ["/deals/board", "/deals/new", "/deals"]) {
      ok((await alice.get(`${path}?${query}`)).status < 500, path);
    }
  }
});
