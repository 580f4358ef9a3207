/** What a role does not see it finds nowhere: every route, asked by people whose sight is narrowed. */
import { deepEqual, equal, ok } from "node:assert/strict";
import type { Level } from "../db/sights.ts";
import { errors } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { plausible, words } from "./support/fields.ts";
import { idOf, pathOf, table } from "./support/routes.ts";
import { type Kind, newMark, stock } from "./support/stock.ts";

const { test, alice, bob, vera } = await cast();
const mark = newMark();
const hers = await stock(alice, mark);

/** What hangs on records, whoever may see the house's own words beside them. */
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
/** Words of the house itself, which everybody sees. */
const ofHouse =
  /(user|tag|view|pipeline|stage|second|won|lost|reason|owner|product|template|field|choice|group|purpose|text)/;

/** Decides what members and readers see of all records. */
async function narrow(level: Level): Promise<void> {
  const fields = Object.fromEntries(
    ["member", "read_only"].flatMap((role) =>
      ["contacts", "companies", "deals"].map((part) => [`${role}.${part}`, level])
    ),
  );
  equal((await alice.post("/settings/sight", fields)).status, 303);
}

/** What a text shows of alice's records: their marks with the word that follows. */
const shownIn = (text: string): string[] =>
  [...text.matchAll(new RegExp(`${mark}[. ]+(\\w+)`, "g"))].map(([found]) => found)
    .filter((found) => !new RegExp(`${mark}[. ]+${ofHouse.source}`).test(found));

Deno.test("every route is blind to records out of sight: 404 by id, no word in any page", async () => {
  await narrow("own");
  const faults: string[] = [];
  for (const [route, row] of Object.entries(table)) {
    if (!["reader", "writer"].includes(row.access) || route.includes("logout")) continue;
    const id = idOf(row, hers);
    const path = pathOf(test, route, id);
    for (const [name, person] of Object.entries({ bob, vera })) {
      if (row.access === "writer" && name === "vera") continue;
      const answers = route.startsWith("GET ")
        ? await Promise.all([person.get(path), person.get(`${path}?q=${mark}&all=1`)])
        : [await person.post(path, { ...words, ...plausible, ...row.fields?.(person) })];
      for (const answer of answers) {
        const text = await answer.text();
        ok(answer.status < 500, `${route} ${answer.status} ${Deno.inspect(errors.at(-1))}`);
        const shown = shownIn(text);
        if (shown.length > 0) faults.push(`${name} ${route} shows ${shown.slice(0, 3)}`);
        if (row.id && ofRecords.includes(row.id) && answer.status !== 404) {
          faults.push(`${name} ${route} answers ${answer.status}`);
        }
      }
    }
  }
  if (faults.length > 0) throw new Error([...new Set(faults)].join("\n"));
});
