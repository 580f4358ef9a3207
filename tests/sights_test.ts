/** What a role may not see it finds nowhere: every route, requested by users with limited visibility. */
import { equal, ok } from "node:assert/strict";
import { errors } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { plausible, words } from "./support/fields.ts";
import { idOf, pathOf, table } from "./support/routes.ts";
import { sight } from "./support/sights.ts";
import { type Kind, newMark, stock } from "./support/stock.ts";

const { test, alice, bob } = await cast();
const mark = newMark();
const hers = await stock(alice, mark);

/** Kinds that belong to records, as opposed to the tenant's settings. */
const ofRecords: Kind[] = [
  "contact",
  "company",
  "deal",
  "moved deal",
  "affiliation",
  "trashed contact",
  "trashed company",
  "trashed deal",
  "activity",
  "trashed activity",
  "file",
  "trashed file",
  "import",
];
/** Words of the tenant's settings, which everybody sees, and of mail in the shared inbox. */
const ofTenant =
  /(user|tag|view|pipeline|stage|second|won|lost|reason|owner|product|template|field|choice|group|purpose|text|discarded|other)/;
/** Pages of what the tenant has beside records. */
const unlimited = /products|mail-templates/;

/** What a text shows of alice's records: their marks with the word that follows. */
const shownIn = (text: string): string[] =>
  [...text.matchAll(new RegExp(`${mark}[. ]+(\\w+)`, "g"))].map(([found]) => found)
    .filter((found) => !new RegExp(`${mark}[. ]+${ofTenant.source}`).test(found));

Deno.test("no route shows hidden records: 404 by id, no word in any page", async () => {
  await sight(alice, "own");
  const faults: string[] = [];
  for (const [route, row] of Object.entries(table)) {
    if (!["reader", "writer"].includes(row.access) || route.includes("logout")) continue;
    const id = idOf(row, hers);
    const path = pathOf(test, route, id);
    const answers = route.startsWith("GET ")
      ? await Promise.all([bob.get(path), bob.get(`${path}?q=${mark}&all=1`)])
      : [await bob.post(path, { ...words, ...plausible, ...row.fields?.(bob) })];
    for (const answer of answers) {
      const text = await answer.text();
      ok(answer.status < 500, `${route} ${answer.status} ${Deno.inspect(errors.at(-1))}`);
      const shown = unlimited.test(route) ? [] : shownIn(text);
      if (shown.length > 0) faults.push(`${route} shows ${shown.slice(0, 3)}`);
      if (row.id && ofRecords.includes(row.id) && answer.status !== 404) {
        faults.push(`${route} answers ${answer.status}`);
      }
    }
  }
  equal([...new Set(faults)].join("\n"), "");
});
