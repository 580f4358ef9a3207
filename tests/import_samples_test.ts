/** Real exports of other programs through the whole import: as many persons, companies and deals as expected. */
import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import * as imports from "../db/imports.ts";
import { cast } from "./support/cast.ts";
import { importAll } from "./support/imports.ts";

interface Expected {
  expect: {
    persons?: number | null;
    companies?: number | null;
    deals?: number | null;
    records?: number;
    cards?: number;
  };
}

const root = new URL("data/samples/", import.meta.url).pathname;
const folders = ["contacts-csv", "csv-quirks", "vcard", "sales-csv", "companies", "authorities"];

for (const folder of folders) {
  for (const { name } of [...Deno.readDirSync(join(root, folder))].sort(byName)) {
    if (name.endsWith(".expect.json")) continue;
    Deno.test(`${folder}/${name} makes what is expected`, async () => {
      const { alice, test } = await cast();
      const path = join(root, folder, name);
      const { expect }: Expected = JSON.parse(Deno.readTextFileSync(`${path}.expect.json`));
      const id = await importAll(alice, new File([Deno.readFileSync(path)], name));
      const { status, counts } = await alice.scope((scope) => imports.find(scope, id));
      if (status === "checked") deepEqual([counts.contacts, counts.companies], [0, 0]);
      else equal(status, "done");
      const [made] = await test.db.owner<Record<"persons" | "companies" | "deals", number>[]>`
        select (select count(*)::int from contacts where tenant_id = ${alice.tenantId}) as persons,
          (select count(*)::int from companies where tenant_id = ${alice.tenantId}) as companies,
          (select count(*)::int from deals where tenant_id = ${alice.tenantId}) as deals
      `;
      const { persons, companies, deals } = expect;
      if (typeof persons === "number") equal(made!.persons, persons, "persons");
      if (typeof companies === "number") equal(made!.companies, companies, "companies");
      equal(made!.deals, deals ?? 0, "deals");
      if (typeof persons === "number") equal(counts.records, expect.records ?? expect.cards);
    });
  }
}

function byName(one: Deno.DirEntry, two: Deno.DirEntry): number {
  return one.name < two.name ? -1 : 1;
}
