/** The lists of contacts and companies: filters, order, paging, count. */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import * as contactLists from "../db/contact_lists.ts";
import { cast, type Person } from "./support/cast.ts";
import { text, values } from "./support/html.ts";

/** So many contacts with distinct instants, every third a customer of bob's. */
async function stock(person: Person, count: number, owner: string): Promise<void> {
  await person.scope(async ({ sql, tenantId, now }) => {
    await sql`
      insert into contacts (
        tenant_id, id, first_name, last_name, status, owner_id, source, source_channel, legal_basis,
        purpose, last_touch_at, created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'Toni', 'Person ' || lpad(i::text, 4, '0'),
        case when i % 3 = 0 then 'customer' else 'lead' end,
        case when i % 3 = 0 then ${owner}::uuid end, 'Test', 'sample', 'contract', 'sales',
        ${now}::timestamptz - make_interval(mins => i * 7919 % 100000),
        ${now}::timestamptz - make_interval(mins => i), ${now}
      from generate_series(1, ${count}) as i
    `;
    await sql`select refresh_contact_search(array(select id from contacts where tenant_id = ${tenantId}))`;
  });
}

const names = (html: string) =>
  [...html.matchAll(/Person (\d{4}), Toni<\/a>/g)].map((hit) => hit[1]!);
const link = (html: string, rel: "next" | "prev") =>
  new RegExp(`href="([^"]+)" rel="${rel}"`).exec(html)?.[1]?.replaceAll("&amp;", "&");

/** Every page from the first by "next", then back by "previous": both ways the same rows. */
async function walk(person: Person, path: string): Promise<string[]> {
  const pages: string[][] = [];
  let html = await (await person.get(path)).text();
  for (;;) {
    pages.push(names(html));
    const next = link(html, "next");
    if (!next) break;
    html = await (await person.get(next)).text();
  }
  for (const before of pages.slice(0, -1).reverse()) {
    html = await (await person.get(link(html, "prev")!)).text();
    assertEquals(names(html), before);
  }
  assertEquals(link(html, "prev"), undefined);
  return pages.flat();
}

Deno.test("every order pages both ways and shows each contact once", async () => {
  const { alice, bob } = await cast();
  await stock(alice, 120, bob.userId);
  const up = await walk(alice, "/contacts");
  assertEquals(up, [...up].sort());
  assertEquals(new Set(up).size, 120);
  assertEquals(await walk(alice, "/contacts?dir=desc"), [...up].reverse());
  assertEquals(await walk(alice, "/contacts?sort=created"), up);
  assertEquals(await walk(alice, "/contacts?sort=created&dir=asc"), [...up].reverse());
  const touched = await walk(alice, "/contacts?sort=touch");
  assertEquals([...touched].sort(), up);
  assertEquals(await walk(alice, "/contacts?sort=touch&dir=asc"), [...touched].reverse());
});

Deno.test("filters narrow the list, together and while paging", async () => {
  const { alice, bob } = await cast();
  await stock(alice, 180, bob.userId);
  assertEquals((await walk(alice, "/contacts?status=customer")).length, 60);
  assertEquals((await walk(alice, `/contacts?owner=${bob.userId}`)).length, 60);
  assertEquals((await walk(alice, `/contacts?owner=${bob.userId}&status=lead`)).length, 0);
  const hits = await walk(alice, "/contacts?q=toni&status=customer&sort=touch");
  assertEquals(new Set(hits).size, 60);
});

Deno.test("the count is shown, the filters keep what was chosen", async () => {
  const { alice, bob } = await cast();
  await stock(alice, 120, bob.userId);
  assertStringIncludes(await text(await alice.get("/contacts")), "120 Einträge");
  assertStringIncludes(await text(await alice.get("/contacts?q=toni")), "120 Einträge");
  const html = await (await alice.get("/contacts?status=customer&sort=touch")).text();
  assertStringIncludes(html, '<option value="customer" selected');
  assertStringIncludes(html, '<option value="touch" selected');
});

Deno.test("a place that makes no sense leads to the first page", async () => {
  const { alice, bob, charlie } = await cast();
  await stock(alice, 60, bob.userId);
  const first = names(await (await alice.get("/contacts")).text());
  const [other] = await charlie.scope(({ sql, tenantId, now }) =>
    sql`
      insert into contacts (
        tenant_id, id, last_name, source, source_channel, legal_basis, purpose, last_touch_at,
        created_at, updated_at
      )
      values (
        ${tenantId}, gen_random_uuid(), 'Fremd', 'Test', 'sample', 'contract', 'sales', ${now},
        ${now}, ${now}
      )
      returning id
    `
  );
  for (const place of ["after=nonsense", `after=${other!.id}`, `before=${other!.id}`]) {
    assertEquals(names(await (await alice.get(`/contacts?${place}`)).text()), first, place);
  }
});

Deno.test("the planner gets the status as a literal: it knows how rare each is", async () => {
  const { alice } = await cast();
  const filter = { q: "", tag: null, owner: null, status: "partner", company: null } as const;
  const order = { sort: "name", descending: false } as const;
  const asked = await alice.scope(async (scope) => {
    await contactLists.list(scope, filter, order, null);
    return await scope.sql`
      select
      from pg_prepared_statements
      where statement like '%from "contacts" p%'
        and statement like '%p.status = ''partner''%'
    `;
  });
  assertEquals(asked.length, 1);
});

Deno.test("an empty list says what to do, a filter without hits how to get out", async () => {
  const { alice, vera } = await cast();
  const empty = await text(await alice.get("/contacts"));
  for (const words of ["Noch keine Kontakte", "Neuer Kontakt", "Importieren"]) {
    assertStringIncludes(empty, words);
  }
  for (const path of ["/contacts", "/companies", "/activities", "/offers"]) {
    const read = await text(await vera.get(path));
    assertStringIncludes(read, path === "/activities" ? "Nichts zu tun." : "Noch keine");
    for (const words of ["Neuer Kontakt", "Legen Sie", "Halten Sie fest", "tragen Sie"]) {
      assert(!read.includes(words), `${path} asks for what the reader may not do: ${words}`);
    }
  }
  const none = await text(await alice.get("/contacts?status=former"));
  assertStringIncludes(none, "Kein Kontakt passt zu diesen Filtern.");
  for (
    const path of [
      "/contacts?status=former",
      "/contacts?q=zzz",
      "/activities?q=zzz",
      "/trash?q=zzz",
    ]
  ) {
    const ways = (await text(await alice.get(path))).match(/Zurücksetzen/g) ?? [];
    assertEquals(ways.length, 1, path);
  }
  assertStringIncludes(await text(await alice.get("/companies")), "Noch keine Firmen");
});

Deno.test("companies are paged, ordered and filtered the same way", async () => {
  const { alice } = await cast();
  await alice.scope(async ({ sql, tenantId, now }) => {
    await sql`
      insert into companies (tenant_id, id, name, status, last_touch_at, created_at, updated_at)
      select ${tenantId}, gen_random_uuid(), 'Haus ' || lpad(i::text, 3, '0'),
        case when i % 2 = 0 then 'partner' else 'lead' end, ${now},
        ${now}::timestamptz - make_interval(mins => i), ${now}
      from generate_series(1, 120) as i
    `;
    await sql`select refresh_company_search(array(select id from companies where tenant_id = ${tenantId}))`;
  });
  const companies = (html: string) => [...html.matchAll(/>Haus (\d{3})</g)].map((hit) => hit[1]!);
  for (
    const [path, count] of [["/companies", 120], ["/companies?status=partner&sort=created", 60], [
      "/companies?q=haus&dir=desc",
      120,
    ]] as const
  ) {
    let html = await (await alice.get(path)).text();
    const first = companies(html);
    assertEquals(first.length, 50, path);
    const seen = [...first];
    for (let next = link(html, "next"); next; next = link(html, "next")) {
      html = await (await alice.get(next)).text();
      seen.push(...companies(html));
    }
    assertEquals(new Set(seen).size, count, path);
    assertEquals(seen, path.includes("desc") ? [...seen].sort().reverse() : [...seen].sort(), path);
    for (let back = link(html, "prev"); back; back = link(html, "prev")) {
      html = await (await alice.get(back)).text();
    }
    assertEquals(companies(html), first, path);
  }
});

Deno.test("an address in a list of contacts or companies is written to by a press, by who may", async () => {
  const { alice, vera } = await cast();
  for (const [list, name] of [["contacts", "lastName"], ["companies", "name"]] as const) {
    const to = `kern@${list}.example`;
    const origin: Record<string, string> = list === "contacts" ? { origin: "card" } : {};
    await alice.post(`/${list}/new`, { [name]: "Kern", ...origin, "emails.0.address": to });
    const kind = list === "contacts" ? "contact" : "company";
    for (const lastName of kind === "company" ? ["Ahrens", "Bauer"] : []) {
      await alice.post("/contacts/new", {
        ...{ lastName, origin: "card", "emails.0.address": `${lastName}@companies.example` },
        "companies.0.name": "Kern",
      });
    }
    const link = new RegExp(`<a href="(/messages/new\\?${kind}=[^"]+)">${to}</a>`);
    const [, href] = link.exec(await (await alice.get(`/${list}`)).text())!;
    const form = await (await alice.get(href!.replaceAll("&amp;", "&"))).text();
    assertEquals(values(form, "to"), [`Kern <${to}>`]);
    const read = await (await vera.get(`/${list}`)).text();
    assertStringIncludes(read, to);
    assertEquals(link.test(read), false);
  }
});

Deno.test("a number in a list of contacts or companies is called by a press", async () => {
  const { alice } = await cast();
  await alice.post("/contacts/new", {
    lastName: "Kern",
    origin: "card",
    "phones.0.number": "040 12345678",
  });
  await alice.post("/companies/new", { name: "Kern KG", "phones.0.number": "040 12345679" });
  assertStringIncludes(
    await (await alice.get("/contacts")).text(),
    `href="tel:+494012345678">040 12345678</a>`,
  );
  assertStringIncludes(
    await (await alice.get("/companies")).text(),
    `href="tel:+494012345679">040 12345679</a>`,
  );
});
