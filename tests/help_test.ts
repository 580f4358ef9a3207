/** The help: complete in both languages, in the terms of the pages, linked from each of them. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { translator } from "../views/i18n/translate.ts";
import { pictured } from "../views/help/pictures.ts";
import { find, runsOf, textOf } from "../views/help/texts.ts";
import { type HelpText, topicOf, topics } from "../views/help/topics.ts";
import { app, Client } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { text } from "./support/html.ts";

const locales = ["de", "en"] as const;

const sentences = ({ lead, parts }: HelpText) => [
  lead,
  ...parts.flatMap(({ text = "", steps = [] }) => [text, ...steps]),
];

Deno.test("both languages have the same content: parts, steps, terms and links", () => {
  for (const topic of topics) {
    const [german, english] = locales.map((locale) => {
      const said = textOf(locale, topic);
      const marks = sentences(said).map((each) =>
        (each.match(/\[[^\]]+\](\([^)]*\))?|`[^`]+`/g) ?? []).sort()
      );
      return { marks, picture: said.picture !== undefined };
    });
    deepEqual(english, german, topic);
    equal(german!.picture, pictured.includes(topic), topic);
  }
});

Deno.test("every quoted label is on a page, and every link leads to a page", async () => {
  const { alice, test } = await cast();
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
  const ways = new Set<string>();
  for (const locale of locales) {
    const t = translator(locale);
    for (const topic of topics) {
      for (const run of sentences(textOf(locale, topic)).flatMap((each) => runsOf(t, each))) {
        if (run.kind === "word" && run.href) ways.add(run.href);
        ok(run.kind !== "plain" || !/[[\]`]/.test(run.text), `${topic}: ${run.text}`);
        ok(run.kind !== "word" || !/[{}]/.test(run.text), `${topic} shows a gap: ${run.text}`);
      }
    }
  }
  ok(ways.size > 30);
  for (const way of ways) {
    const { status } = await alice.get(way);
    // The pages of who runs the installation begin with the first of them.
    equal(status, way === "/operator" ? 303 : 200, way);
  }
});

Deno.test("a topic is a page for everyone, in the language of who asks, and others are not there", async () => {
  const { visitor, bob } = await cast();
  for (const topic of topics) {
    const answer = await visitor.get(`/help/${topic}`, { "Accept-Language": "de" });
    equal(answer.status, 200, topic);
    equal((await answer.text()).includes("/static/help/"), pictured.includes(topic), topic);
  }
  match(await text(await bob.get("/help/duplicates?lang=de")), /Zwei Einträge zusammenführen/);
  match(await text(await visitor.get("/help/duplicates?lang=en")), /Merge two records/);
  for (const strange of ["/help/nothing", "/help/__proto__", "/help/%00", "/help/toString"]) {
    equal((await visitor.get(strange)).status, 404, strange);
  }
});

Deno.test("the search of the help finds topics by what they say, and the palette offers them", async () => {
  const { vera } = await cast();
  deepEqual(find(translator("de"), "de", "Leertaste Board"), ["deals"]);
  deepEqual(find(translator("en"), "en", "DRY run"), ["imports"]);
  match(await text(await vera.get("/help?q=Briefpapier")), /Angebote und Briefe/);
  match(await text(await vera.get("/help?q=%00xyzzy")), /Dazu steht hier nichts/);
  const palette = await vera.get("/search?q=kanban", { "HX-Request-Type": "partial" });
  match(await palette.text(), /href="\/help\/deals"[\s\S]*Deals und Berichte/);
  const silent = await vera.get("/search?q=", { "HX-Request-Type": "partial" });
  ok(!(await silent.text()).includes("/help/deals"));
});

Deno.test("the manual of the API is in the language of the pages that lead to it", async () => {
  const { alice } = await cast();
  await alice.post("/account/language", { locale: "en" });
  for (const page of ["/help", "/account/tokens", "/settings/api"]) {
    const [, way] = (await (await alice.get(page)).text()).match(/<a href="(\/api[^"]*)"/)!;
    match(await text(await alice.get(way!)), /API manual/, page);
  }
});

Deno.test("each page leads to the topic it belongs to", async () => {
  const { alice } = await cast();
  const id = "01890000-0000-7000-8000-000000000000";
  const expected: Record<string, string | null> = {
    "/contacts?q=x": "contacts",
    [`/contacts/${id}/access`]: "requests",
    [`/deals/${id}/offers/new`]: "offers",
    "/settings": "settings",
    "/settings/retention": "privacy",
    "/settings/mailboxes/new": "mail",
    "/operator/logs": "backups",
    "/contactsheet": null,
    "/imprint": null,
  };
  for (const [path, topic] of Object.entries(expected)) equal(topicOf(path), topic, path);
  match(await (await alice.get("/settings/retention")).text(), /href="\/help\/privacy"/);
});

Deno.test("the accessibility statement names provider, gaps, contact, date and who enforces it", async () => {
  const { visitor, test } = await cast();
  const said = await text(await visitor.get("/accessibility?lang=de"));
  for (
    const words of ["Testhaus GmbH", "teilweise vereinbar", "haus@example.org", "Hamburg", "MLBF"]
  ) ok(said.includes(words), words);
  match(said, /Stand: \d{2}\.\d{2}\.2026/);
  match(await text(await visitor.get("/accessibility?lang=en")), /partly conform/);
  match(await (await visitor.get("/login")).text(), /href="\/accessibility"/);
  const { owner } = test.db;
  await owner`update provider set country = 'AT', land = ''`;
  const austria = await text(await new Client(await app()).get("/accessibility?lang=de"));
  ok(austria.includes("Sozialministeriumservice") && !austria.includes("MLBF"));
  await owner`update provider set country = 'DE', land = 'HH'`;
});
