/** Lists of deals: filters, order, pages, search, views, bulk changes; the same as for contacts. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { today } from "../db/clock.ts";
import * as extents from "../db/imports/extents.ts";
import { ownId } from "../routes/fields.ts";
import { isBlocked } from "./support/blocking.ts";
import { cast, type Person } from "./support/cast.ts";
import { newDeal, stagesOf } from "./support/deals.ts";
import { decode, text, values } from "./support/html.ts";
import { drain } from "./support/worker.ts";

/** The titles of a list as it is shown. */
async function titles(person: Person, query: string): Promise<string[]> {
  const html = await (await person.get(`/deals${query}`)).text();
  return [...html.matchAll(/<a class="row-link"[^>]*>([^<]*)/g)].map(([, title]) =>
    decode(title!).replace(" Los", "")
  );
}

/** Three deals that differ in everything. */
async function three(alice: Person, bob: Person) {
  const { Angebot, Gewonnen } = await stagesOf(alice);
  return {
    amsel: await newDeal(alice, {
      title: "Amsel Los",
      companyName: "Haselbrook GmbH",
      amount: "1000",
      expectedCloseOn: "2027-01-31",
      source: "Messe",
      newTags: "Eilig",
      ownerId: alice.userId,
    }),
    bussard: await newDeal(alice, {
      title: "Bussard Los",
      companyName: "Birkmoor AG",
      amount: "250,50",
      expectedCloseOn: "2026-12-24",
      stageId: Angebot!.id,
      ownerId: bob.userId,
    }),
    dohle: await newDeal(alice, { title: "Dohle Los", stageId: Gewonnen!.id, ownerId: "" }),
  };
}

Deno.test("each filter lets through what it says, alone and in a search", async () => {
  const { alice, bob } = await cast();
  await three(alice, bob);
  const { Angebot } = await stagesOf(alice);
  const html = await (await alice.get("/deals")).text();
  const tag = /<option value="([^"]+)"[^>]*>Eilig</.exec(html)![1]!;
  const day = today();
  const wanted: Record<string, string[]> = {
    "": ["Amsel", "Bussard", "Dohle"],
    "status=open": ["Amsel", "Bussard"],
    "status=won": ["Dohle"],
    "status=lost": [],
    [`stage=${Angebot!.id}`]: ["Bussard"],
    [`pipeline=${Angebot!.pipelineId}`]: ["Amsel", "Bussard", "Dohle"],
    [`owner=${bob.userId}`]: ["Bussard"],
    [`tag=${tag}`]: ["Amsel"],
    "firm=hasel": ["Amsel"],
    "source=mess": ["Amsel"],
    "amount_from=250%2C50": ["Amsel", "Bussard"],
    "amount_from=250%2C51": ["Amsel"],
    "amount_to=999.99": ["Bussard"],
    "close_from=2027-01-31": ["Amsel"],
    "close_to=2026-12-24": ["Bussard"],
    "empty=company": ["Dohle"],
    "empty=amount": ["Dohle"],
    "empty=close": ["Dohle"],
    "empty=owner": ["Dohle"],
    [`created_from=${day}`]: ["Amsel", "Bussard", "Dohle"],
    "created_to=2020-01-01": [],
    "status=customer&amount_from=viel&close_to=nie": ["Amsel", "Bussard", "Dohle"],
  };
  for (const [query, expected] of Object.entries(wanted)) {
    deepEqual(await titles(alice, `?${query}`), expected, query);
    // A search applies the same conditions in its own query.
    deepEqual(await titles(alice, `?q=los&${query}`), expected, `searched: ${query}`);
  }
});

Deno.test("active filters are shown as chips, each with a link that removes it", async () => {
  const { alice, bob } = await cast();
  await three(alice, bob);
  const { Angebot } = await stagesOf(alice);
  const query = `?stage=${Angebot!.id}&amount_from=100&close_to=2026-12-31&rotting=1`;
  const html = await (await alice.get(`/deals${query}`)).text();
  const chips = await text(new Response(/<ul class="chips"[\s\S]*?<\/ul>/.exec(html)![0]));
  for (
    const words of [
      "Stufe: Angebot",
      "Betrag ab: 100,00",
      "Abschluss bis: 31.12.2026",
      "nur liegengebliebene",
    ]
  ) ok(chips.includes(words), chips);
  equal(html.match(/class="chip"/g)!.length, 4);
});

Deno.test("a list is sorted by title, amount, close and times, both ways, what is missing last or first", async () => {
  const { alice, bob } = await cast();
  await three(alice, bob);
  const wanted: Record<string, string[]> = {
    "sort=amount": ["Amsel", "Bussard", "Dohle"],
    "sort=amount&dir=asc": ["Dohle", "Bussard", "Amsel"],
    "sort=close": ["Bussard", "Amsel", "Dohle"],
    "sort=close&dir=desc": ["Dohle", "Amsel", "Bussard"],
    "sort=created": ["Dohle", "Bussard", "Amsel"],
    "sort=touch&dir=asc": ["Amsel", "Bussard", "Dohle"],
    "dir=desc": ["Dohle", "Bussard", "Amsel"],
  };
  for (const [query, expected] of Object.entries(wanted)) {
    deepEqual(await titles(alice, `?${query}`), expected, query);
  }
});

Deno.test("pages follow each other without a gap, in every order and in a search", async () => {
  const { alice } = await cast();
  const { Anfrage } = await stagesOf(alice);
  const { owner } = alice.test.db;
  await owner`
    insert into deals (
      tenant_id, id, title, amount_cents, expected_close_on, pipeline_id, stage_id, status,
      stage_since, last_touch_at, created_at, updated_at, search
    )
    select ${alice.tenantId}, gen_random_uuid(), 'Paket ' || lpad(n::text, 3, '0'),
      case when n % 3 > 0 then n % 7 * 100 end, case when n % 4 > 0 then date '2027-01-01' + n % 5 end,
      ${Anfrage!.pipelineId}, ${Anfrage!.id}, 'open', now(), now(), now(), now(), ' paket '
    from generate_series(1, 120) as n
  `;
  for (
    const query of ["", "sort=amount", "sort=close&dir=desc", "sort=created", "q=paket&sort=amount"]
  ) {
    const seen: string[] = [];
    let next: string | undefined = `/deals?${query}`;
    for (let page = 0; next && page < 5; page++) {
      const html: string = await (await alice.get(next)).text();
      seen.push(
        ...[...html.matchAll(/<a class="row-link"[^>]*>([^<]*)/g)].map(([, title]) => title!),
      );
      next = /<a[^>]*href="([^"]*[?&](?:amp;)?after=[^"]*)"/.exec(html)?.[1];
      next &&= decode(next);
    }
    equal(seen.length, 120, query);
    equal(new Set(seen).size, 120, query);
  }
});

Deno.test("search finds a deal by title, company, tag and source, and the palette leads there", async () => {
  const { alice, bob, vera } = await cast();
  const { amsel } = await three(alice, bob);
  for (const q of ["amsel", "haselbrook", "eilig", "messe", "AMS hasel"]) {
    const page = await alice.get(`/search?q=${encodeURIComponent(q)}`);
    ok((await page.text()).includes(`/deals/${amsel}`), q);
  }
  const part = await vera.get("/search?q=amsel", { "HX-Request-Type": "partial" });
  const html = await part.text();
  ok(html.includes(`href="/deals/${amsel}"`) && html.includes("#handshake"));
  await vera.get(`/deals/${amsel}`);
  ok((await text(await vera.get("/search"))).includes("Zuletzt angesehen Amsel Los"));
});

Deno.test("a record leads to its neighbours in the list one came from", async () => {
  const { alice, bob } = await cast();
  const { amsel, bussard } = await three(alice, bob);
  const list = "status=open&sort=amount";
  const next = await alice.get(`/deals/${amsel}/next?list=${encodeURIComponent(list)}`);
  ok(next.headers.get("Location")!.startsWith(`/deals/${bussard}?`));
  const end = await alice.get(`/deals/${bussard}/next?list=${encodeURIComponent(list)}`);
  equal(end.headers.get("Location"), `/deals?${list}`);
});

Deno.test("a list is saved as a view, with columns, and opens by default", async () => {
  const { alice, bob } = await cast();
  await three(alice, bob);
  const answer = await alice.post("/views/new", {
    kind: "deal",
    name: "Große offene",
    query: "status=open&amount_from=500&cols=amount,close",
    usual: "on",
  });
  equal(answer.status, 303);
  const opened = await alice.open("/deals");
  const html = await opened.text();
  ok(html.includes("Große offene") && html.includes("Amsel"));
  equal(html.includes("Bussard"), false);
  const heads = [...html.matchAll(/<th scope="col"[^>]*>([\s\S]*?)<\/th>/g)]
    .map(([, head]) => head!.replaceAll(/<[^>]+>/g, "").trim());
  deepEqual(heads.slice(1), ["Titel", "Betrag", "Abschluss"]);
  equal((await text(await bob.get("/deals"))).includes("Große offene"), false);
});

/** Confirms a change of all that a list shows; the answer. */
async function change(person: Person, fields: Record<string, string>): Promise<Response> {
  const asked = { kind: "deal", all: "1", list: "", ...fields };
  const html = await (await person.get(`/bulk-changes/new?${new URLSearchParams(asked)}`)).text();
  return await person.post("/bulk-changes/new", { ...asked, counted: values(html, "counted")[0]! });
}

Deno.test("many deals are moved to a stage at once, each step recorded, and undone exactly", async () => {
  const { alice, bob } = await cast();
  const { dohle } = await three(alice, bob);
  const { Verloren } = await stagesOf(alice);
  const { owner } = alice.test.db;
  const stand = () =>
    owner`
      select id, stage_id, pipeline_id, status, stage_since, closed_at
      from deals
      where tenant_id = ${alice.tenantId}
      order by id
    `.then((rows) => rows.map((row) => ({ ...row })));
  const before = await stand();
  const html = await (await alice.get("/bulk-changes/new?kind=deal&action=stage&all=1")).text();
  ok(html.includes("3 Deals sind ausgewählt."));
  ok(new RegExp(`<option value="${Verloren!.id}"`).test(html));
  const answer = await change(alice, { action: "stage", value: Verloren!.id });
  equal(answer.headers.get("Location"), "/deals");
  deepEqual(await titles(alice, "?status=lost"), ["Amsel", "Bussard", "Dohle"]);
  const steps = await owner`
    select id
    from deal_stage_changes
    where tenant_id = ${alice.tenantId}
  `;
  equal(steps.length, 6);
  const [{ id }] = await owner<[{ id: string }]>`
    select id
    from bulk_changes
    where tenant_id = ${alice.tenantId}
  `;
  await alice.post(`/bulk-changes/${id}/undo`);
  deepEqual(await stand(), before);
  equal((await text(await alice.get(`/deals/${dohle}`))).includes("Gewonnen"), true);
});

Deno.test("a change of many pressed twice is made once, and the answer can still undo it", async () => {
  const { alice, bob } = await cast();
  await three(alice, bob);
  for (const action of ["tag", "delete"]) {
    const asked = { kind: "deal", all: "1", list: "", action };
    const html = await (await alice.get(`/bulk-changes/new?${new URLSearchParams(asked)}`)).text();
    const [counted, id] = [values(html, "counted")[0]!, values(html, "id")[0]!];
    const press = () => alice.post("/bulk-changes/new", { ...asked, counted, id, newTag: "Messe" });
    const answers = [...await Promise.all([press(), press()]), await press()];
    deepEqual(answers.map(({ status }) => `${action} ${status}`), Array(3).fill(`${action} 303`));
    match(await (await alice.get("/deals")).text(), /\/bulk-changes\/[0-9a-f-]{36}\/undo/);
  }
  const rows = await alice.test.db.owner`
    select changed
    from bulk_changes
    where tenant_id = ${alice.tenantId}
  `;
  deepEqual(rows.map(({ changed }) => changed), [3, 3]);
});

Deno.test("a second press finds what the first has just changed, though nothing is left to count", async () => {
  const { alice, bob } = await cast();
  await three(alice, bob);
  const asked = { kind: "deal", all: "1", list: "", action: "delete" };
  const html = await (await alice.get(`/bulk-changes/new?${new URLSearchParams(asked)}`)).text();
  const sent = { ...asked, counted: values(html, "counted")[0]!, id: values(html, "id")[0]! };
  const id = ownId({ values: sent, errors: {} });
  const { owner } = alice.test.db;
  const { second } = await owner.begin(async (sql) => {
    await sql`lock table deals in access exclusive mode`;
    const second = alice.post("/bulk-changes/new", sent);
    await isBlocked(owner, sql);
    await sql`
      insert into bulk_changes (
        tenant_id, id, kind, action, status, total, changed, created_by, created_at, undo_until
      )
      values (
        ${alice.tenantId}, ${id}, 'deal', 'delete', 'done', 3, 3, ${alice.userId}, now(),
        now() + interval '30 days'
      )
    `;
    await sql`
      update deals
      set deleted_at = now()
      where tenant_id = ${alice.tenantId}
    `;
    return { second };
  });
  const answer = await second;
  deepEqual([answer.status, answer.headers.get("location")], [303, "/deals"]);
});

Deno.test("a deal moved on since is not moved back, nor into a removed stage", async () => {
  const { alice, bob } = await cast();
  const { amsel, bussard } = await three(alice, bob);
  const { Angebot, Verhandlung } = await stagesOf(alice);
  await change(alice, { action: "stage", value: Verhandlung!.id });
  await alice.post(`/deals/${amsel}/stage`, { stage: Angebot!.id, version: "2" });
  const { owner } = alice.test.db;
  const [{ id }] = await owner<[{ id: string }]>`
    select id
    from bulk_changes
    where tenant_id = ${alice.tenantId}
  `;
  await alice.post(`/bulk-changes/${id}/undo`);
  deepEqual(await titles(alice, `?stage=${Angebot!.id}`), ["Amsel", "Bussard"]);
  const [row] = await owner`select version from deals where id = ${bussard}`;
  equal(row!.version, 3);
});

Deno.test("tags, owners and deletion in bulk work for deals; a contact status does not", async () => {
  const { alice, bob, vera } = await cast();
  await three(alice, bob);
  await change(alice, { action: "tag", newTag: "Quartal 4", value: "" });
  ok((await text(await alice.get("/tags"))).includes("Quartal 4"));
  deepEqual(await titles(alice, "?q=quartal"), ["Amsel", "Bussard", "Dohle"]);
  await change(alice, { action: "owner", value: bob.userId });
  deepEqual(await titles(alice, `?owner=${bob.userId}`), ["Amsel", "Bussard", "Dohle"]);
  equal((await change(alice, { action: "status", value: "customer" })).status, 422);
  equal((await change(alice, { kind: "contact", action: "stage", value: "x" })).status, 422);
  equal((await vera.get("/bulk-changes/new?kind=deal&action=delete&all=1")).status, 403);
  await change(alice, { action: "delete" });
  deepEqual(await titles(alice, ""), []);
});

Deno.test("more than a thousand deals are moved by the job", async () => {
  const { alice } = await cast();
  const { Anfrage, Angebot } = await stagesOf(alice);
  const { owner } = alice.test.db;
  await owner`
    insert into deals (
      tenant_id, id, title, pipeline_id, stage_id, status, stage_since, last_touch_at, created_at,
      updated_at
    )
    select ${alice.tenantId}, gen_random_uuid(), 'Paket', ${Anfrage!.pipelineId}, ${Anfrage!.id},
      'open', now(), now(), now(), now()
    from generate_series(1, 1100)
  `;
  const answer = await change(alice, { action: "stage", value: Angebot!.id });
  ok(answer.headers.get("Location")!.startsWith("/bulk-changes/"));
  deepEqual((await drain(alice.test)).failed, []);
  const [row] = await owner`
    select count(*)::int as n,
      (select count(*)::int from deal_stage_changes where tenant_id = ${alice.tenantId}) as steps
    from deals
    where tenant_id = ${alice.tenantId}
      and stage_id = ${Angebot!.id}
  `;
  deepEqual({ ...row }, { n: 1100, steps: 1100 });
});

Deno.test("an import that made a company is undone but for the company that a deal needs", async () => {
  const { alice, bob, test } = await cast();
  await three(alice, bob);
  const { owner } = test.db;
  const importId = crypto.randomUUID();
  await owner`
    insert into imports (tenant_id, id, status, file_name, created_at, undo_until)
    values (${alice.tenantId}, ${importId}, 'done', 'x.csv', now(), now() + interval '1 day')
  `;
  await owner`
    update companies
    set import_id = ${importId}
    where tenant_id = ${alice.tenantId}
  `;
  const extent = await alice.scope((scope) => extents.measure(scope, importId));
  deepEqual([extent.companies, extent.kept], [0, 2]);
});

/** The line under the heading of a list. */
async function sumOf(person: Person, query: string): Promise<string | null> {
  const words = await text(await person.get(`/deals${query}`));
  return /Summe: (.+? (?:€|CHF))(?= (?!·))/.exec(words.replaceAll(/[\u00a0\u202f]/g, " "))?.[1] ??
    null;
}

Deno.test("a list shows the sum of its deals by currency, as far as they are counted", async () => {
  const { alice, bob } = await cast();
  await three(alice, bob);
  equal(await sumOf(alice, ""), "1.250,50 €");
  equal(await sumOf(alice, "?q=amsel"), "1.000,00 €");
  equal(await sumOf(alice, "?status=won"), null);
  await newDeal(alice, { title: "Elster Los", amount: "80", currency: "CHF" });
  equal(await sumOf(alice, ""), "1.250,50 € · 80,00 CHF");
  const { Angebot } = await stagesOf(alice);
  await alice.test.db.owner`
    insert into deals (
      tenant_id, id, title, amount_cents, pipeline_id, stage_id, status, stage_since, last_touch_at,
      created_at, updated_at
    )
    select ${alice.tenantId}, gen_random_uuid(), 'Viele ' || n, 10000, ${Angebot!.pipelineId},
      ${Angebot!.id}, 'open', now(), now(), now(), now()
    from generate_series(1, 60) n
  `;
  equal(await sumOf(alice, `?stage=${Angebot!.id}`), "6.250,50 €", "of all its pages");
});

Deno.test("a row shows that nothing is planned for its deal, as long as that is open", async () => {
  const { alice, bob } = await cast();
  const { amsel } = await three(alice, bob);
  const signs = async (query = "") =>
    (await (await alice.get(`/deals${query}`)).text()).match(/class="idle"/g)?.length ?? 0;
  equal(await signs(), 2);
  equal(await signs("?q=los"), 2);
  equal(await signs("?status=won"), 0);
  await alice.post("/activities/new", { kind: "call", subject: "Ruf", about: `deal:${amsel}` });
  equal(await signs(), 1);
});
