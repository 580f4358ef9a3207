/** The key map and the palette's answers, as they are without script and as parts of a page. */
import { equal, match, ok } from "node:assert/strict";
import { cast } from "./support/cast.ts";
import { text } from "./support/html.ts";

const partial = { "HX-Request": "true", "HX-Request-Type": "partial" };

Deno.test("the key map is a page for everyone and fills its dialog", async () => {
  const { alice, visitor } = await cast();
  for (const who of [alice, visitor]) {
    const page = await text(await who.get("/keys"));
    for (const words of ["Tastenkürzel", "Strg+K", "Eintrag bearbeiten"]) {
      ok(page.includes(words), words);
    }
  }
  const part = await (await alice.get("/keys", partial)).text();
  ok(part.includes("<kbd>") && !part.includes("<html"));
  const english = await text(await visitor.get("/keys?lang=en"));
  ok(english.includes("Keyboard shortcuts"));
});

Deno.test("signed-in pages carry the two dialogs and name their keys, others do not", async () => {
  const { alice, vera, visitor } = await cast();
  const html = await (await alice.get("/contacts")).text();
  match(html, /<dialog id="palette"/);
  match(html, /<dialog id="keys"/);
  match(html, /href="\/contacts\/new"[^>]*aria-keyshortcuts="n"/);
  ok(!(await (await vera.get("/contacts")).text()).includes('aria-keyshortcuts="n"'));
  ok(!(await (await visitor.get("/login")).text()).includes("<dialog"));
});

Deno.test("search finds records, pages and actions, as a page and as the palette's part", async () => {
  const { alice } = await cast();
  await alice.post("/contacts/new", { lastName: "Kontaktmann", origin: "card" });
  for (const headers of [{}, partial]) {
    const html = await (await alice.get("/search?q=kontakt", headers)).text();
    match(html, /href="\/contacts\/[0-9a-f-]{36}"/);
    match(html, /href="\/contacts"/);
    match(html, /href="\/contacts\/new"/);
    equal(html.includes("<html"), headers !== partial);
  }
  ok((await text(await alice.get("/search?q=zugang"))).includes("Mein Zugang"));
  const start = await (await alice.get("/search", partial)).text();
  match(start, /href="\/companies\/new"/);
});

Deno.test("header and palette ask the same search, and without script are plain fields", async () => {
  const { alice, visitor } = await cast();
  const html = await (await alice.get("/contacts")).text();
  const boxes = html.match(/<input[^>]*data-suggests[^>]*>/g)!;
  equal(boxes.length, 2);
  for (const box of boxes) {
    match(box, /^<input type="search" name="q"/);
    match(box, /data-hx-get="\/search"/);
    ok(!/role=|aria-expanded/.test(box), box);
    const [, place] = /data-suggests="([^"]+)"/.exec(box)!;
    match(html, new RegExp(`<div id="${place}"`));
  }
  match(html, /<div id="search-hits" class="suggestions" hidden/);
  ok(!(await (await visitor.get("/login")).text()).includes("data-suggests"));
});

Deno.test("a list of suggestions says when there are more hits than it shows", async () => {
  const { alice } = await cast();
  const status = async () => {
    const html = await (await alice.get("/search?q=vielmann", partial)).text();
    equal(html.match(/role="option"/g)?.length, 6);
    return /role="status"[^>]*>([^<]*)/.exec(html)![1];
  };
  const create = (firstName: string) =>
    alice.post("/contacts/new", { firstName, lastName: "Vielmann", origin: "card" });
  for (const name of ["Anna", "Bea", "Cem", "Dirk", "Elif", "Finn"]) await create(name);
  equal(await status(), "6 Treffer");
  await create("Grit");
  equal(await status(), "Die ersten 6 Treffer");
  const none = await (await alice.get("/search?q=qqxqq", partial)).text();
  ok(!none.includes("listbox"), none);
});

Deno.test("the palette shows actions before records if their name begins with what is typed", async () => {
  const { alice } = await cast();
  await alice.post("/contacts/new", { lastName: "Neumann", origin: "card" });
  const hits = async (q: string) => {
    const html = await (await alice.get(`/search?q=${q}`, partial)).text();
    return [...html.matchAll(/role="option"[^>]*href="([^"]*)"/g)].map(([, href]) => href!);
  };
  const record = /^\/contacts\/[0-9a-f-]{36}$/;
  const typed = await hits("neu");
  equal(typed[0], "/contacts/new");
  ok(typed.some((href) => record.test(href)));
  match((await hits("neum"))[0]!, record);
});

Deno.test("the palette leads nobody where they may not go", async () => {
  const { vera } = await cast();
  const html = await (await vera.get("/search", partial)).text();
  for (const address of ["/contacts/new", "/imports/new", "/settings"]) {
    ok(!html.includes(`href="${address}"`), address);
  }
  match(html, /href="\/contacts"/);
});
