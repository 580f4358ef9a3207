/** Recipients copied out of a mail: each is a record of its own. */

import { deepEqual, equal } from "node:assert/strict";
import { importAll, sourceOf } from "./sources.ts";

async function people(text: string) {
  const { records } = await importAll(sourceOf(text, 16));
  return records.map(({ contact, skipped }) =>
    skipped ??
      [contact?.firstName, contact?.lastName, ...contact?.emails.map((each) => each.address) ?? []]
        .join(" ")
  );
}

const three = [
  "Eva Groß eva@gross.example",
  "Tom Klein tom@klein.example",
  "Ida Lang ida@lang.example",
];

Deno.test("a pasted list of recipients keeps every address, whatever parts it", async () => {
  const lists = [
    "Eva Groß <eva@gross.example>; Tom Klein <tom@klein.example>; Ida Lang <ida@lang.example>",
    "Eva Groß <eva@gross.example>, Tom Klein <tom@klein.example>,\n Ida Lang <ida@lang.example>,\n",
    `"Groß, Eva" <eva@gross.example>; 'Tom Klein' <mailto:tom@klein.example>; Lang, Ida <ida@lang.example>`,
    "Groß, Eva <eva@gross.example>, Klein, Tom <tom@klein.example>, Lang, Ida <ida@lang.example>",
    "An: Eva Groß <eva@gross.example>; Tom Klein <tom@klein.example>;\r\nCc: Ida Lang <ida@lang.example>\r\n",
    "Eva Groß <eva@gross.example>\nTom Klein <tom@klein.example>\nIda Lang <ida@lang.example>\n",
  ];
  for (const list of lists) deepEqual(await people(list), three, list);
});

Deno.test("addresses without names may be among them, and make nobody, as elsewhere", async () => {
  deepEqual(await people("eva@gross.example; Tom Klein <tom@klein.example>; ida@lang.example"), [
    "newsletter_without_name",
    "Tom Klein tom@klein.example",
    "newsletter_without_name",
  ]);
});

Deno.test("a long list is read to its end", async () => {
  const many = Array.from({ length: 3000 }, (_, at) => `Eva Groß <eva${at}@gross.example>`);
  const { records } = await importAll(sourceOf(many.join("; ")));
  equal(records.length, 3000);
  equal(records.at(-1)!.contact!.emails[0]!.address, "eva2999@gross.example");
});

Deno.test("what follows the recipients is reported, and a table with such cells stays one", async () => {
  const long = Array.from({ length: 2000 }, (_, at) => `Eva <eva${at}@gross.example>`).join(";\n");
  const { records } = await importAll(sourceOf(`${long};\nViele Grüße\n`));
  equal(records.length, 2001);
  const tables = [
    "Kunde;Eva Groß <eva@gross.example>\nKunde;Tom Klein <tom@klein.example>\n",
    "Name,E-Mail\nEva Groß,Eva Groß <eva@gross.example>\nTom Klein,Tom <tom@klein.example>\n",
    "Groß AG,Eva Groß <eva@gross.example>\nKlein AG,Tom Klein <tom@klein.example>\n",
  ];
  for (const table of tables) {
    const { inspection } = await importAll(sourceOf(table));
    equal(inspection.plan.dialect.recipients, undefined, table);
  }
});

Deno.test("what is no recipient far down takes none of those behind it along", async () => {
  const list = Array.from(
    { length: 20_000 },
    (_, at) => at === 15_000 ? "Eva Groß (eva at gross)" : `Eva Test <eva${at}@gross.example>`,
  );
  const { records } = await importAll(sourceOf(list.join("; ")));
  equal(records.length, 20_000);
  equal(records.filter(({ contact }) => contact?.emails.length === 1).length, 19_999);
});
