/** Ways of activities: from a list to one of them and back, and a note entered beside a record. */
import { assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import { newId } from "../db/ids.ts";
import { cast, type Person } from "./support/cast.ts";
import { idOf, text } from "./support/html.ts";

const list = "/tasks?q=Muster&owner=all";

const task = async (who: Person, subject: string) =>
  idOf(
    await who.post("/activities/new", { id: newId(), kind: "task", subject, ownerId: who.userId }),
  );

/** Where a list leads that shows one activity. */
async function opened(who: Person, id: string, from = list): Promise<string> {
  const html = await (await who.get(from)).text();
  const [, href] = html.match(new RegExp(`href="(/activities/${id}[^"]*)"`)) ?? [];
  return href!.replaceAll("&amp;", "&");
}

Deno.test("deleting, editing or postponing leads back to the list the activity was opened from", async () => {
  const { alice } = await cast();
  const id = await task(alice, "Muster schicken");
  const href = await opened(alice, id);
  assertEquals(href, `/activities/${id}?list=${encodeURIComponent(list)}`);
  const tail = href.slice(href.indexOf("?"));
  const html = await (await alice.get(href)).text();
  assertStringIncludes(html, `href="${list.replace("&", "&amp;")}"`);
  assertStringIncludes(html, `/activities/${id}/edit${tail}"`);
  assertStringIncludes(html, `/activities/${id}/deletion${tail}"`);
  const edited = await alice.post(`/activities/${id}/edit${tail}`, {
    kind: "task",
    subject: "Muster verschicken",
    version: "1",
  });
  assertEquals(edited.headers.get("Location"), href);
  const later = await alice.post(`/activities/${id}/postponement${tail}`, { day: "2030-01-07" });
  assertEquals(later.headers.get("Location"), href);
  const gone = await alice.post(`/activities/${id}/deletion${tail}`);
  assertEquals(gone.headers.get("Location"), list);
});

Deno.test("a list without filters, and an address of another place, lead to all activities", async () => {
  const { alice } = await cast();
  const id = await task(alice, "Katalog");
  assertEquals(await opened(alice, id, "/activities"), `/activities/${id}`);
  for (
    const list of [
      "//example.com/tasks",
      "https://example.com",
      "/tasksets",
      "/settings",
      "/tasks?q=a\r\nX: y",
    ]
  ) {
    const id = await task(alice, "Katalog");
    const to = `/activities/${id}/deletion?list=${encodeURIComponent(list)}`;
    assertEquals((await alice.post(to)).headers.get("Location"), "/activities", list);
  }
});

Deno.test("the quick entry takes a note's text, and keeps it when it is refused", async () => {
  const { alice } = await cast();
  const id = idOf(
    await alice.post("/contacts/new", { lastName: "Kern", origin: "card" }),
  );
  const page = `/contacts/${id}`;
  const form = /<form class="quick-entry"[\s\S]*?<\/form>/.exec(
    await (await alice.get(page)).text(),
  )![0];
  assertStringIncludes(form, `<textarea name="body"`);
  const note = {
    _quick: "1",
    id: newId(),
    about: `contact:${id}`,
    back: page,
    kind: "note",
    subject: "Telefonat",
    body: "Will im Januar neu planen.\nBudget offen.",
  };
  const refused = await (await alice.post("/activities/new", { ...note, subject: "" })).text();
  assertStringIncludes(refused, "Will im Januar neu planen.\nBudget offen.</textarea>");
  assertEquals((await alice.post("/activities/new", note)).headers.get("Location"), page);
  assertStringIncludes(await text(await alice.get(page)), "Will im Januar neu planen.");
});
