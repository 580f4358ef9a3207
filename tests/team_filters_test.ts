/** Lists, the board and the reports narrowed to the records of a team, for whoever leads it. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import { cast, type Person } from "./support/cast.ts";
import { newDeal } from "./support/deals.ts";
import { idOf, text } from "./support/html.ts";

/** A team of these people, made by the admin. */
async function team(admin: Person, name: string, members: readonly Person[]): Promise<string> {
  const id = newId();
  const users = members.map(({ userId }) => userId);
  equal((await admin.post("/settings/teams", { id, name })).status, 303);
  equal((await admin.post(`/settings/teams/${id}`, { name, members: users })).status, 303);
  return id;
}

const names = (html: string): string[] =>
  [...html.matchAll(/class="row-link" href="[^"]*">(.*?)<\/a>/gs)]
    .map(([, name]) => name!.replaceAll(/<[^>]*>/g, "").trim());

const shown = async (who: Person, address: string) => names(await (await who.get(address)).text());

const person = async (who: Person, lastName: string, ownerId: string) =>
  idOf(
    await who.post("/contacts/new", { firstName: "Jonas", lastName, origin: "card", ownerId }),
  );

Deno.test("a list shows the records of a team's people alone, found or not, and says whose", async () => {
  const { alice, bob, vera } = await cast();
  const field = await team(alice, "Außendienst", [bob, vera]);
  for (const [name, owner] of [["Anders", alice], ["Brahms", bob]] as const) {
    await person(alice, name, owner.userId);
    await alice.post("/companies/new", { name: `${name} GmbH`, ownerId: owner.userId });
    await newDeal(alice, { title: `Halle ${name}`, ownerId: owner.userId });
  }
  await person(alice, "Niemand", "");
  const whose = `owner=team.${field}`;
  deepEqual(await shown(alice, `/contacts?${whose}`), ["Brahms, Jonas"]);
  deepEqual(await shown(alice, `/contacts?${whose}&q=jonas`), ["Brahms, Jonas"]);
  deepEqual(await shown(alice, `/contacts?${whose}&sort=touch`), ["Brahms, Jonas"]);
  deepEqual(await shown(alice, `/companies?${whose}`), ["Brahms GmbH"]);
  deepEqual(await shown(alice, `/companies?${whose}&q=gmbh`), ["Brahms GmbH"]);
  deepEqual(await shown(alice, `/deals?${whose}`), ["Halle Brahms"]);
  deepEqual(await shown(alice, `/deals?${whose}&q=halle`), ["Halle Brahms"]);
  const html = await (await alice.get(`/contacts?${whose}`)).text();
  ok(html.includes(`<option value="team.${field}" selected`), "the choice stays");
  ok(html.includes("Zuständig: Team Außendienst"), "a chip says it");
  const board = await text(await alice.get(`/deals/board?${whose}`));
  ok(board.includes("Halle Brahms") && !board.includes("Halle Anders"));
});

Deno.test("activities are narrowed to a team, and say whose each one is", async () => {
  const { alice, bob } = await cast();
  const field = await team(alice, "Innendienst", [bob]);
  for (const [subject, owner] of [["Meines", alice], ["Seines", bob]] as const) {
    const task = { id: newId(), kind: "task", subject, ownerId: owner.userId };
    equal((await alice.post("/activities/new", task)).status, 303);
  }
  for (const base of ["/activities", "/tasks"]) {
    const html = await (await alice.get(`${base}?owner=team.${field}`)).text();
    deepEqual(names(html), ["Aufgabe: Seines"]);
    ok(html.includes("Bob Brandt"));
    ok(html.includes(`<option value="team.${field}" selected`));
  }
});

Deno.test("reports count what a team's people own", async () => {
  const { alice, bob } = await cast();
  const field = await team(alice, "Vertrieb", [bob]);
  await newDeal(alice, { title: "Eins", ownerId: bob.userId, amount: "1.000,00" });
  await newDeal(alice, { title: "Zwei", ownerId: alice.userId, amount: "250,00" });
  const page = async (query: string) => await text(await alice.get(`/reports?${query}`));
  ok((await page("")).includes("1.250"));
  const narrowed = await page(`owner=team.${field}`);
  ok(narrowed.includes("1.000") && !narrowed.includes("1.250"));
});

Deno.test("all results of a team's list are changed together, and nobody else's", async () => {
  const { alice, bob } = await cast();
  const field = await team(alice, "Messe", [bob]);
  const [mine, his] = [
    await person(alice, "Anders", alice.userId),
    await person(alice, "Brahms", bob.userId),
  ];
  const answer = await alice.post("/bulk-changes/new", {
    kind: "contact",
    action: "status",
    value: "partner",
    all: "1",
    list: `owner=team.${field}`,
    counted: "1",
  });
  equal(answer.status, 303);
  const rows = await alice.test.db.owner`
    select id
    from contacts
    where tenant_id = ${alice.tenantId}
      and status = 'partner'
  `;
  deepEqual(rows.map(({ id }) => id), [his]);
  ok(mine !== his);
});

Deno.test("a deleted team, or one of another tenant, shows nothing and reveals nothing", async () => {
  const { alice, charlie } = await cast();
  const theirs = await team(charlie, "Geheimrat", [charlie]);
  await person(alice, "Anders", alice.userId);
  for (const id of [theirs, newId()]) {
    const html = await (await alice.get(`/contacts?owner=team.${id}`)).text();
    deepEqual(names(html), []);
    ok(!html.includes("Geheimrat"));
  }
  for (const odd of ["team.", "team.x", "team.team.x"]) {
    deepEqual(await shown(alice, `/contacts?owner=${odd}`), ["Anders, Jonas"], odd);
  }
});
