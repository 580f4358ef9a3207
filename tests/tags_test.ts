/** Tags: made by use, renamed and deleted on their page, searched and filtered by. */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import * as tagChanges from "../db/tag_changes.ts";
import * as tags from "../db/tags.ts";
import { isBlocked } from "./support/blocking.ts";
import { cast, type Person } from "./support/cast.ts";
import { newDeal } from "./support/deals.ts";
import { idOf, text, values } from "./support/html.ts";
import { drain } from "./support/worker.ts";

const fields = { firstName: "Ida", lastName: "Kern", origin: "card", newTags: "Messe, vip, MESSE" };

async function tagId(person: Person, name: string): Promise<string> {
  const [tag] = await person.scope(({ sql }) => sql`select id from tags where name = ${name}`);
  return tag!.id;
}

const rename = (id: string, name: string) => ({ [`names.${id.replaceAll("-", "")}`]: name });

Deno.test("tags are made once, whatever their case, and filter the list", async () => {
  const { alice } = await cast();
  await alice.post("/contacts/new", fields);
  await alice.post("/contacts/new", { ...fields, lastName: "Lang", newTags: "VIP" });
  const made = await alice.scope(({ sql }) => sql`select name from tags order by name_key`);
  assertEquals(made.map(({ name }) => name.toLowerCase()), ["messe", "vip"]);
  const messe = await tagId(alice, "MESSE");
  const list = await text(await alice.get(`/contacts?tag=${messe}`));
  assertStringIncludes(list, "Kern, Ida");
  assert(!list.includes("Lang, Ida"));
});

Deno.test("a renamed tag is found by its new name, shown in lists, counted on its page", async () => {
  const { alice } = await cast();
  const contact = idOf(await alice.post("/contacts/new", { ...fields, newTags: "Messe" }));
  const id = await tagId(alice, "Messe");
  assertEquals((await alice.post(`/tags/${id}`, rename(id, "Hannover"))).status, 303);
  assertStringIncludes(await text(await alice.get("/contacts?q=hannover")), "Kern, Ida");
  assert(!(await text(await alice.get("/contacts?q=messe"))).includes("Kern"));
  assertStringIncludes(await text(await alice.get(`/contacts/${contact}`)), "Hannover");
  assertStringIncludes(await (await alice.get("/tags")).text(), `href="/contacts?tag=${id}">1<`);
});

Deno.test("a tag of very many records is counted so far, and said to be on more", async () => {
  const { alice, test } = await cast();
  const contact = idOf(await alice.post("/contacts/new", { ...fields, newTags: "Messe" }));
  const id = await tagId(alice, "Messe");
  await test.db.owner.begin(async (sql) => {
    // They are only counted: nobody searches for them, and their words would take seconds.
    await sql`set local session_replication_role = replica`;
    const made = await sql<{ id: string }[]>`
      insert into companies (tenant_id, id, name, last_touch_at, created_at, updated_at)
      select ${alice.tenantId}, gen_random_uuid(), 'Haus ' || i, now(), now(), now()
      from generate_series(1, 10003) as i
      returning id
    `;
    await sql`
      insert into company_tags (tenant_id, tag_id, company_id)
      select ${alice.tenantId}, ${id}, unnest(${made.map(({ id }) => id)}::uuid[])
    `;
  });
  await test.db.owner`analyze companies, company_tags`;
  const { rows: [tag] } = await alice.scope(tags.list);
  assertEquals([tag!.contacts, tag!.companies, tag!.deals], [1, 10001, 0]);
  const page = await (await alice.get("/tags")).text();
  assertStringIncludes(page, `href="/companies?tag=${id}">mehr als 10.000<`);
  assertEquals((await alice.post(`/contacts/${contact}/deletion`)).status, 303);
  assertStringIncludes(await (await alice.get("/tags")).text(), `href="/contacts?tag=${id}">0<`);
});

/** A tag on a contact, Kern, and on so many companies, "Haus 00001" and on, that a job must follow. */
async function manyCarriers(person: Person): Promise<{ contact: string; id: string }> {
  const contact = idOf(await person.post("/contacts/new", { ...fields, newTags: "Messe" }));
  const id = await tagId(person, "Messe");
  await person.scope(async ({ sql, tenantId, now }) => {
    await sql`
      insert into companies (tenant_id, id, name, last_touch_at, created_at, updated_at)
      select ${tenantId}, gen_random_uuid(), 'Haus ' || lpad(i::text, 5, '0'), ${now}, ${now}, ${now}
      from generate_series(1, ${2 * tagChanges.batch}) as i
    `;
    await sql`
      insert into company_tags (tenant_id, tag_id, company_id)
      select ${tenantId}, ${id}, id from companies where tenant_id = ${tenantId}
    `;
    await sql`
      select refresh_company_search(array(select id from companies where tenant_id = ${tenantId}))
    `;
  });
  return { contact, id };
}

const count = (html: string, word: string) => html.split(word).length - 1;
const follow = (person: Person, id: string) => person.scope((scope) => tagChanges.work(scope, id));

Deno.test("a tag of very many is renamed for all at once, its search by the job", async () => {
  const { alice, test } = await cast();
  const { contact, id } = await manyCarriers(alice);
  const before = await text(await alice.get("/companies"));
  const shown = count(before, "Messe");
  const answer = await alice.post(`/tags/${id}`, rename(id, "Hannover"));
  assertEquals(answer.status, 303);
  const page = await text(await alice.get("/tags"));
  assertStringIncludes(page, "Das Schlagwort ist umbenannt. Die Suche folgt");
  assertStringIncludes(page, "1.000 von 2.001 Einträgen");
  // The companies' summaries still hold the old name, those of their half that the job has reached none.
  for (const looked of [1, 2]) {
    const html = await text(await alice.get("/companies"));
    assertEquals([count(html, "Messe"), count(html, "Hannover")], [0, shown], `look ${looked}`);
    if (looked === 1) assertEquals(await follow(alice, id), false);
  }
  assertStringIncludes(await text(await alice.get(`/contacts/${contact}`)), "Hannover");
  const again = await alice.post(`/tags/${id}`, rename(id, "Köln"));
  assertEquals(again.status, 422);
  assertStringIncludes(await text(again), "wird noch umbenannt oder gelöscht");
  assertEquals((await alice.post(`/tags/${id}/deletion`)).status, 422);
  assertEquals((await drain(test)).failed, []);
  assertStringIncludes(await text(await alice.get("/companies?q=hannover+02000")), "Haus 02000");
  assert(!(await text(await alice.get("/companies?q=messe"))).includes("Haus 0"));
  const html = await (await alice.get("/tags")).text();
  assert(!html.includes("<progress") && html.includes('value="Hannover"'));
});

Deno.test("lists of every kind show a tag's new name while their summaries hold the old one", async () => {
  const { alice } = await cast();
  await alice.post("/contacts/new", { ...fields, newTags: "Messe, VIP" });
  await alice.post("/companies/new", { name: "Kern KG", newTags: "Messe, VIP" });
  await newDeal(alice, { title: "Halle", newTags: "Messe, VIP" });
  const mark = (changing: "renaming" | "removing", name: string) =>
    alice.scope(({ sql, tenantId }) =>
      sql`
        update tags
        set changing = ${changing}, name = ${name}, name_before = 'Messe'
        where tenant_id = ${tenantId}
          and name in ('Messe', 'Hannover')
      `
    );
  const shown = async () => {
    const found = [];
    for (const path of ["/contacts", "/companies", "/deals?cols=tags"]) {
      const html = await (await alice.get(path)).text();
      found.push(["Messe", "Hannover", "VIP"].map((name) => html.includes(`>${name}<`)));
    }
    return found;
  };
  const each = (found: boolean[]) => [found, found, found];
  assertEquals(await shown(), each([true, false, true]));
  await mark("renaming", "Hannover");
  assertEquals(await shown(), each([false, true, true]));
  await mark("removing", "Hannover");
  assertEquals(await shown(), each([false, false, true]));
});

Deno.test("a long list may be read by parallel workers, even with its tags", async () => {
  const { alice } = await cast();
  for (const kind of ["contact", "company", "deal"] as const) {
    const plan = await alice.scope(async (scope) => {
      const { sql, tenantId } = scope;
      // By costs alone a table of a few rows is read by one.
      await sql`
        select set_config(name, 'on', true)
        from pg_settings
        where name in ('debug_parallel_query', 'force_parallel_mode')
      `;
      return await sql`
        explain
        select ${tagChanges.named(scope, kind, sql`p.summary`)}
        from ${sql({ contact: "contacts", company: "companies", deal: "deals" }[kind])} p
        where p.tenant_id = ${tenantId}
      `;
    });
    assertStringIncludes(JSON.stringify(plan), "Gather", kind);
  }
});

Deno.test("a tag of very many is gone for all at once, and its name free", async () => {
  const { alice, test } = await cast();
  const { contact, id } = await manyCarriers(alice);
  assertEquals((await alice.post(`/tags/${id}/deletion`)).status, 303);
  assertStringIncludes(await text(await alice.get("/tags")), "1.000 von 2.001 Einträgen");
  const listed = await text(await alice.get("/companies"));
  assert(!listed.includes("Messe") && !listed.includes(id), "the list lost it");
  assert(!(await (await alice.get(`/contacts/${contact}`)).text()).includes(`tag=${id}`));
  const other = idOf(
    await alice.post("/contacts/new", { ...fields, lastName: "Lang", newTags: "Messe" }),
  );
  assertEquals((await drain(test)).failed, []);
  const left = await alice.scope(({ sql }) =>
    sql`
      select t.id, (select count(*)::int from contact_tags where tag_id = t.id) as contacts,
        (select count(*)::int from company_tags) as companies
      from tags t
    `
  );
  assertEquals(left.map(({ contacts, companies }) => [contacts, companies]), [[1, 0]]);
  assert(left[0]!.id !== id);
  const record = await (await alice.get(`/contacts/${other}`)).text();
  assertStringIncludes(record, `tag=${left[0]!.id}`);
  const found = await text(await alice.get("/companies?q=messe"));
  assert(!found.includes("Haus 0"));
  assertStringIncludes(await text(await alice.get("/contacts?q=messe")), "Lang, Ida");
});

Deno.test("a name that another tag has is refused beside its field", async () => {
  const { alice } = await cast();
  await alice.post("/contacts/new", { ...fields, newTags: "Messe, VIP" });
  const id = await tagId(alice, "Messe");
  const answer = await alice.post(`/tags/${id}`, rename(id, "vip"));
  assertEquals(answer.status, 422);
  const page = await text(answer);
  assertStringIncludes(page, "Dieses Schlagwort gibt es schon. Zum Zusammenlegen filtern Sie");
  assertEquals((await alice.post(`/tags/${id}`, rename(id, " "))).status, 422);
});

Deno.test("renaming a tag that was renamed meanwhile shows a message, and can be forced", async () => {
  const { alice, bob } = await cast();
  await alice.post("/contacts/new", { ...fields, newTags: "Messe" });
  const id = await tagId(alice, "Messe");
  const [seen = ""] = values(await (await alice.get("/tags")).text(), "_seen");
  assertEquals((await bob.post(`/tags/${id}`, rename(id, "Hannover"))).status, 303);
  const refused = await alice.post(`/tags/${id}`, { ...rename(id, "Köln"), _seen: seen });
  assertEquals(refused.status, 422);
  const page = await refused.text();
  assertStringIncludes(page, "Hannover");
  const [again = ""] = values(page, "_seen");
  const insisted = await alice.post(`/tags/${id}`, { ...rename(id, "Köln"), _seen: again });
  assertEquals(insisted.status, 303);
  await tagId(alice, "Köln");
});

Deno.test("of two tags that take the same new name at once one is refused as taken", async () => {
  const { alice } = await cast();
  await alice.post("/contacts/new", { ...fields, newTags: "Messe, VIP" });
  const ids = [await tagId(alice, "Messe"), await tagId(alice, "VIP")];
  const renamed = await Promise.allSettled(
    ids.map((id) => alice.scope((scope) => tagChanges.update(scope, id, "Köln"))),
  );
  const refused = renamed.flatMap((each) => each.status === "rejected" ? [each.reason.code] : []);
  assertEquals(refused, ["tags.taken"]);
});

Deno.test("a deleted tag leaves its records and their search", async () => {
  const { alice } = await cast();
  const contact = idOf(await alice.post("/contacts/new", { ...fields, newTags: "Messe" }));
  const id = await tagId(alice, "Messe");
  assertEquals((await alice.post(`/tags/${id}/deletion`)).status, 303);
  assertEquals((await alice.get(`/contacts/${contact}`)).status, 200);
  assert(!(await text(await alice.get("/contacts?q=messe"))).includes("Kern"));
});

Deno.test("vera sees tags without forms, charlie finds none", async () => {
  const { alice, vera, charlie } = await cast();
  await alice.post("/contacts/new", { ...fields, newTags: "Messe" });
  const id = await tagId(alice, "Messe");
  const html = await (await vera.get("/tags")).text();
  assertStringIncludes(html, "Messe");
  assert(!html.includes("/deletion"));
  assertEquals((await vera.post(`/tags/${id}/deletion`)).status, 403);
  assertEquals((await vera.post(`/tags/${id}`, rename(id, "X"))).status, 403);
  assertEquals((await charlie.post(`/tags/${id}/deletion`)).status, 404);
  assertEquals((await charlie.post(`/tags/${id}`, rename(id, "X"))).status, 404);
  assert(!(await text(await charlie.get("/tags"))).includes("Messe"));
});

Deno.test("a tag is renamed while a record creates one of that name: the later one gets a message", async () => {
  const { alice, test } = await cast();
  await alice.post("/contacts/new", { ...fields, newTags: "Messe" });
  const id = await tagId(alice, "Messe");
  let answer: Promise<Response>;
  await alice.scope(async (scope) => {
    await tags.ensure(scope, ["Köln"]);
    answer = alice.post(`/tags/${id}`, rename(id, "köln"));
    await isBlocked(test.db.owner, scope.sql);
  });
  assertEquals((await answer!).status, 422);
  let record: Promise<Response>;
  await alice.scope(async (scope) => {
    await tagChanges.update(scope, id, "Bonn");
    record = alice.post("/contacts/new", { ...fields, lastName: "Lang", newTags: "BONN" });
    await isBlocked(test.db.owner, scope.sql);
  });
  assertEquals((await record!).status, 303);
  assertEquals((await alice.post(`/tags/${id}`, rename(id, "BONN"))).status, 303);
  const [tag] = await alice.scope(({ sql }) => sql`select id from tags where name_key = 'bonn'`);
  assertEquals(tag!.id, id);
});

Deno.test("two records that create the same tags at once, each in another order, are both saved", async () => {
  const { alice, bob } = await cast();
  for (let round = 0; round < 5; round++) {
    const names = Array.from({ length: 300 }, (_, n) => `Wort ${round} ${n}`);
    const made = await Promise.all([
      alice.scope((scope) => tags.ensure(scope, names)),
      bob.scope((scope) => tags.ensure(scope, names.toReversed())),
    ]);
    assertEquals(made[0].toSorted(), made[1].toSorted());
  }
});

Deno.test("many tags are paged through by name, each once, and searched", async () => {
  const { alice, test: { db: { owner } } } = await cast();
  await owner`
    insert into tags (tenant_id, id, name, created_at)
    select ${alice.tenantId}, gen_random_uuid(), 'Ort ' || lpad(n::text, 3, '0'), now()
    from generate_series(1, 250) n
  `;
  const seen: string[] = [];
  let address: string | undefined = "/tags";
  for (let page = 0; address && page < 5; page++) {
    const html: string = await (await alice.get(address)).text();
    seen.push(...[...html.matchAll(/value="(Ort \d+)"/g)].map(([, name]) => name!));
    address = /<a [^>]*href="([^"]+)" rel="next"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
  }
  assertEquals([seen.length, new Set(seen).size, seen[0], seen.at(-1)], [
    250,
    250,
    "Ort 001",
    "Ort 250",
  ]);
  const found = await (await alice.get("/tags?q=ORT+24")).text();
  assertEquals([...found.matchAll(/value="(Ort \d+)"/g)].length, 10);
  const last = await tagId(alice, "Ort 250");
  // Refused: the row is shown although it stands on the last page, and the answer leads back.
  const refused = await alice.post(`/tags/${last}`, rename(last, "Ort 001"));
  assertEquals(refused.status, 422);
  assertStringIncludes(await refused.text(), "Dieses Schlagwort gibt es schon");
  // Also where very many names contain its own.
  await owner`
    insert into tags (tenant_id, id, name, created_at)
    values (${alice.tenantId}, gen_random_uuid(), 'rt', now())
  `;
  const short = await tagId(alice, "rt");
  const among = await (await alice.post(`/tags/${short}`, rename(short, "Ort 001"))).text();
  assertEquals([...among.matchAll(/value="(Ort \d+)"/g)].map(([, name]) => name), ["Ort 001"]);
  const done = await alice.post(`/tags/${last}?q=ort+25`, rename(last, "Ort 259"));
  assertEquals(done.headers.get("Location"), "/tags?q=ort+25");
});
