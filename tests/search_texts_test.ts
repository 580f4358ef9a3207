/** Search texts around companies: what is too much for one request follows by a job. */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import { enqueue } from "../db/jobs.ts";
import * as searchTexts from "../db/search_texts.ts";
import * as tags from "../db/tags.ts";
import { isBlocked } from "./support/blocking.ts";
import { cast, type Person } from "./support/cast.ts";
import { newDeal } from "./support/deals.ts";
import { idOf, text } from "./support/html.ts";
import { drain } from "./support/worker.ts";

const before = "Nordwind Logistik";
const after = "Südlicht Fracht";

/** A company, one person whose page is known, and so many more around it that a job must follow. */
async function large(person: Person): Promise<{ company: string; contact: string }> {
  const company = idOf(await person.post("/companies/new", { name: before }));
  const contact = idOf(
    await person.post("/contacts/new", {
      ...{ firstName: "Ines", lastName: "Quast", origin: "card", "companies.0.name": before },
    }),
  );
  await newDeal(person, { title: "Halle", companyName: before, companyId: company });
  await person.scope(async ({ sql, tenantId, now }) => {
    const made = await sql<{ id: string }[]>`
      insert into contacts (
        tenant_id, id, first_name, last_name, source, source_channel, legal_basis, purpose,
        last_touch_at, created_at, updated_at
      )
      select tenant_id, gen_random_uuid(), 'Ada', 'Reihe ' || n, source, source_channel, legal_basis,
        purpose, ${now}, ${now}, ${now}
      from contacts, generate_series(1, ${searchTexts.batch + 200}) n
      where tenant_id = ${tenantId}
        and id = ${contact}
      returning id
    `;
    const ids = made.map(({ id }) => id);
    await sql`
      insert into affiliations (tenant_id, id, contact_id, company_id, is_primary)
      select ${tenantId}, gen_random_uuid(), id, ${company}, true
      from unnest(${ids}::uuid[]) id
    `;
    await sql`select refresh_contact_search(${ids}::uuid[])`;
  });
  return { company, contact };
}

/** How many contacts and deals show these companies; "-" for none. */
async function shown({ test, tenantId }: Person): Promise<Record<string, number>> {
  const rows = await test.db.owner<{ name: string; count: number }[]>`
    select coalesce(p.summary ->> 'company', '-') as name, count(*)::int as count
    from (
      select summary from contacts where tenant_id = ${tenantId}
      union all
      select summary from deals where tenant_id = ${tenantId}
    ) p
    group by 1
  `;
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

const all = searchTexts.batch + 202;

Deno.test("a company of very many is renamed in the request, its persons and deals by a job", async () => {
  const { alice, test } = await cast();
  const { company } = await large(alice);
  assertEquals(await shown(alice), { [before]: all });
  const answer = await alice.post(`/companies/${company}/edit`, { name: after, version: "1" });
  assertEquals(answer.status, 303);
  assertStringIncludes(await text(await alice.get("/companies?q=suedlicht")), after);
  assertEquals(await shown(alice), { [before]: all });
  // A run that was killed after its first batch leaves the job in the queue, which starts anew.
  const place = await alice.scope((scope) => searchTexts.work(scope, [company], searchTexts.start));
  assertEquals(place?.kind, "contact");
  assertEquals((await shown(alice))[after], searchTexts.batch);
  const { done, failed } = await drain(test);
  assertEquals([done.filter((name) => name === "follow_companies").length, failed], [1, []]);
  assertEquals(await shown(alice), { [after]: all });
  assertStringIncludes(await text(await alice.get("/contacts?q=suedlicht+quast")), "Quast, Ines");
  assertStringIncludes(await text(await alice.get("/deals?q=suedlicht")), "Halle");
  assert(!(await text(await alice.get("/contacts?q=nordwind"))).includes("Reihe"));
});

Deno.test("a company of very many is deleted and restored in the request, the rest by a job", async () => {
  const { alice, test } = await cast();
  const { company } = await large(alice);
  assertEquals((await alice.post(`/companies/${company}/deletion`)).status, 303);
  assertEquals((await alice.get(`/companies/${company}`)).status, 404);
  assertEquals((await drain(test)).failed, []);
  assertEquals(await shown(alice), { "-": all });
  await alice.post(`/trash/companies/${company}/restoration`);
  assertEquals((await drain(test)).failed, []);
  assertEquals(await shown(alice), { [before]: all });
});

Deno.test("a restricted person shows the new name as well once the restriction is lifted", async () => {
  const { alice, test } = await cast();
  const { company, contact } = await large(alice);
  const { owner } = test.db;
  await owner`update contacts set restricted_at = now() where id = ${contact}`;
  await alice.post(`/companies/${company}/edit`, { name: after, version: "1" });
  assertEquals((await drain(test)).failed, []);
  assertEquals(await shown(alice), { [after]: all });
});

Deno.test("the job waits for whoever is saving one of the persons, and keeps what they wrote", async () => {
  const { alice, test } = await cast();
  const { company, contact } = await large(alice);
  await alice.post(`/companies/${company}/edit`, { name: after, version: "1" });
  let following: Promise<unknown> | undefined;
  await alice.scope(async (scope) => {
    const { sql, tenantId } = scope;
    await sql`
      update contacts
      set last_name = 'Quandt'
      where tenant_id = ${tenantId}
        and id = ${contact}
    `;
    await searchTexts.refresh(scope, "contact", [contact]);
    following = drain(test);
    await isBlocked(test.db.owner, sql);
  });
  await following;
  assertEquals(await shown(alice), { [after]: all });
  assertStringIncludes(await text(await alice.get("/contacts?q=quandt+suedlicht")), "Quandt, Ines");
});

Deno.test("a job that a restored backup does not include is begun again within the hour", async () => {
  const { alice, test } = await cast();
  const { company } = await large(alice);
  const { owner } = test.db;
  await alice.post(`/companies/${company}/edit`, { name: after, version: "1" });
  const behind = async () =>
    (await owner`
      select from companies where tenant_id = ${alice.tenantId} and behind_since is not null
    `).length;
  assertEquals(await behind(), 1);
  await owner`delete from jobs.job where name = 'follow_companies'`;
  await enqueue(owner, "resume_changes", null, {});
  assertEquals((await drain(test)).failed, []);
  assertEquals(await shown(alice), { [after]: all });
  assertEquals(await behind(), 0);
});

Deno.test("a name that changes while the job is at work stays noted until its own job has run", async () => {
  const { alice, test } = await cast();
  const { company } = await large(alice);
  await alice.post(`/companies/${company}/edit`, { name: after, version: "1" });
  const early = await alice.scope((scope) => searchTexts.listBehind(scope, [company]));
  await alice.post(`/companies/${company}/edit`, { name: "Ostwind Spedition", version: "2" });
  await alice.scope((scope) => searchTexts.settle(scope, early));
  assertEquals((await alice.scope((scope) => searchTexts.listBehind(scope, [company]))).length, 1);
  assertEquals((await drain(test)).failed, []);
  assertEquals((await alice.scope((scope) => searchTexts.listBehind(scope, [company]))).length, 0);
  assertEquals(await shown(alice), { "Ostwind Spedition": all });
});

Deno.test("a tag whose job was lost is followed within the hour", async () => {
  const { alice, test } = await cast();
  const { contact } = await large(alice);
  const { owner } = test.db;
  const [tag] = await alice.scope((scope) => tags.ensure(scope, ["Messe"]));
  await owner`
    insert into contact_tags (tenant_id, tag_id, contact_id)
    select tenant_id, ${tag!}, id from contacts where tenant_id = ${alice.tenantId}
  `;
  await alice.post(`/tags/${tag}`, { [`names.${tag!.replaceAll("-", "")}`]: "Hannover" });
  await owner`delete from jobs.job where name = 'change_tag'`;
  await enqueue(owner, "resume_changes", null, {});
  assertEquals((await drain(test)).failed, []);
  const [row] = await owner`
    select count(*)::int as n, (select changing from tags where id = ${tag!}) as changing
    from contacts
    where tenant_id = ${alice.tenantId} and summary -> 'tags' ? 'Hannover'
  `;
  assertEquals([row!.n > searchTexts.batch, row!.changing, contact.length], [true, null, 36]);
});
