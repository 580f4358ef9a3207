/** A name remembered by its sound is found even if nothing is spelled that way. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { cast, type Person } from "./support/cast.ts";
import { idOf, text } from "./support/html.ts";
import { sight } from "./support/sights.ts";

async function known(person: Person, firstName: string, lastName: string): Promise<string> {
  const fields = { firstName, lastName, origin: "card", _anyway: "1" };
  return idOf(await person.post("/contacts/new", fields));
}

/** Who is offered for a search, on its page and while typing. */
async function offered(person: Person, q: string): Promise<string[]> {
  const at = `/search?q=${encodeURIComponent(q)}`;
  const page = await (await person.get(at)).text();
  const links = (html: string) => [...html.matchAll(/href="\/contacts\/([0-9a-f-]{36})"/g)];
  const panel = page.includes('id="alike"') ? page.slice(page.indexOf('id="alike"')) : "";
  const typed = await (await person.get(at, { "HX-Request-Type": "partial" })).text();
  const ids = links(panel).map(([, id]) => id!);
  if (ids.length > 0) deepEqual(links(typed).map(([, id]) => id!).slice(0, 6), ids.slice(0, 6));
  return ids;
}

Deno.test("half-remembered names are found by sound, in either order and by their beginnings", async () => {
  const { alice } = await cast();
  const heide = await known(alice, "Lüder", "Heidehöfer");
  const hammer = await known(alice, "Johanna", "Hammerdieck");
  const schneider = await known(alice, "Sabine", "Schneider");
  const wiesen = await known(alice, "Jana", "Wiesenbüscher");
  await known(alice, "Dirk", "Ackermann");
  const voss = await known(alice, "Ansgar", "Voßheim");
  for (
    const [q, id] of [
      ["heidehoffer", heide],
      ["hammerdik", hammer],
      ["Johana Hammerdik", hammer],
      ["hammerdik, johana", hammer],
      ["schnieder", schneider],
    ] as const
  ) deepEqual(await offered(alice, q), [id], q);
  deepEqual(await offered(alice, "jana wisen"), [wiesen, voss]);
  deepEqual(await offered(alice, "Dirk Hammerdik"), [], "the first name is another");
  deepEqual(await offered(alice, "0251 4711"), []);
  deepEqual(await offered(alice, "schneider"), [], "what is spelled so is found so");
  ok((await text(await alice.get("/search?q=schneider"))).includes("Schneider"));
  match(await text(await alice.get("/search?q=schnieder")), /Nichts gefunden.*ähnlich klingen/s);
});

Deno.test("of those who sound alike the name that is spelled most alike comes first", async () => {
  const { alice } = await cast();
  const moeller = await known(alice, "Andreas", "Möller");
  const miehler = await known(alice, "Bernd", "Miehler");
  const mueller = await known(alice, "Zora", "Müller");
  for (const q of ["muelller", "Mülller", "zora muelller"]) {
    deepEqual((await offered(alice, q))[0], mueller, q);
  }
  deepEqual((await offered(alice, "moelller"))[0], moeller);
  deepEqual((await offered(alice, "Miehhler"))[0], miehler);
});

Deno.test("of those who sound alike nobody is offered who may not be seen", async () => {
  const { alice, bob, charlie, test } = await cast();
  const id = await known(alice, "Johanna", "Hammerdieck");
  deepEqual(await offered(bob, "hammerdik"), [id]);
  deepEqual(await offered(charlie, "hammerdik"), []);
  await sight(alice, "own");
  deepEqual(await offered(bob, "hammerdik"), []);
  await sight(alice, "all");
  await test.db.owner`update contacts set restricted_at = now() where id = ${id}`;
  deepEqual(await offered(bob, "hammerdik"), []);
  await test.db.owner`update contacts set restricted_at = null where id = ${id}`;
  equal((await alice.post(`/contacts/${id}/deletion`)).status, 303);
  ok(!(await text(await bob.get("/search?q=hammerdik"))).includes("Hammerdieck"));
});
