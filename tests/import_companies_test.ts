/** Which company of the stock a row means, when it has moved or shares its name. */
import { deepEqual, equal } from "node:assert/strict";
import { type Cast, cast } from "./support/cast.ts";
import { fileOf, importAll } from "./support/imports.ts";

const head = "Firma;Straße;PLZ;Ort;Telefon;E-Mail;Website;USt-IdNr.;Kundennummer\n";

/** Companies as the database holds them. */
const stock = ({ test, alice }: Cast) =>
  test.db.owner<{ name: string }[]>`
    select name
    from companies
    where tenant_id = ${alice.tenantId}
      and deleted_at is null
    order by name
  `;

/** Imports one row after another; how many companies there are then. */
async function after(one: string, two: string): Promise<number> {
  const all = await cast();
  await importAll(all.alice, fileOf(head + one, "firmen.csv"));
  await importAll(all.alice, fileOf(head + two, "firmen.csv"));
  return (await stock(all)).length;
}

const old = "Röder GmbH;Altweg 1;10115;Berlin;";

Deno.test("a company that moved is known by its domain", async () => {
  equal(
    await after(
      `${old};info@roeder.example;;;\n`,
      "Röder GmbH;Neuweg 2;50667;Köln;;;https://www.roeder.example/;;\n",
    ),
    1,
  );
  equal(
    await after(
      `${old};;www.roeder.example;;\n`,
      "Röder GmbH;Neuweg 2;50667;Köln;;kontakt@roeder.example;;;\n",
    ),
    1,
  );
});

Deno.test("a company that moved is known by its VAT number or telephone", async () => {
  equal(
    await after(`${old};;;DE136695976;\n`, "Röder GmbH;Neuweg 2;50667;Köln;;;;DE 136 695 976;\n"),
    1,
  );
  equal(
    await after(`${old}0171 2345678;;;;\n`, "Röder GmbH;Neuweg 2;50667;Köln;+49 171 2345678;;;;\n"),
    1,
  );
});

Deno.test("two companies of one name elsewhere stay two", async () => {
  equal(await after(`${old};;;;\n`, "Röder GmbH;Neuweg 2;50667;Köln;;;;;\n"), 2);
  equal(
    await after(`${old};roeder@gmx.de;;;\n`, "Röder GmbH;Neuweg 2;50667;Köln;;r.koeln@gmx.de;;;\n"),
    2,
  );
  equal(
    await after(
      `${old};info@roeder.example;;;K1\n`,
      "Röder GmbH;Neuweg 2;50667;Köln;;info@roeder.example;;;K2\n",
    ),
    2,
  );
  equal(
    await after(
      `${old};info@roeder.example;;DE136695976;\n`,
      "Röder GmbH;Neuweg 2;50667;Köln;;info@roeder.example;;DE811569869;\n",
    ),
    2,
  );
});

Deno.test("persons join the company of their domain, wherever it is now", async () => {
  const all = await cast();
  await importAll(all.alice, fileOf(`${head}${old};info@roeder.example;;;\n`, "firmen.csv"));
  await importAll(
    all.alice,
    fileOf(
      "Vorname;Nachname;Firma;E-Mail;Firma Straße;Firma PLZ;Firma Ort\nEva;Groß;Röder GmbH;eva@roeder.example;Neuweg 2;50667;Köln\n",
    ),
  );
  deepEqual((await stock(all)).map(({ name }) => name), ["Röder GmbH"]);
});

Deno.test("of two places the row's own is found, not the first of its domain", async () => {
  const all = await cast();
  const file = head + "Röder GmbH;Altweg 1;10115;Berlin;;info@roeder.example;;;\n" +
    "Röder GmbH;Neuweg 2;50667;Köln;;info@roeder.example;;;\n";
  await importAll(all.alice, fileOf(file, "firmen.csv"));
  await importAll(all.alice, fileOf(file, "firmen.csv"), { existing: "overwrite" });
  const places = await all.test.db.owner`
    select a.city
    from companies c
    join addresses a on a.tenant_id = c.tenant_id and a.company_id = c.id
    where c.tenant_id = ${all.alice.tenantId}
    order by a.city
  `;
  deepEqual(places.map(({ city }) => city), ["Berlin", "Köln"]);
});

Deno.test("companies that a file puts below each other in a circle stay, the circle is opened", async () => {
  const all = await cast();
  const rows = "Oben AG;Unten AG\nUnten AG;Oben AG\nMitte AG;Oben AG\n";
  await importAll(all.alice, fileOf(`Firma;Muttergesellschaft\n${rows}`, "firmen.csv"));
  const found = await all.test.db.owner<{ name: string; parent: string | null }[]>`
    select c.name, p.name as parent
    from companies c
    left join companies p on p.tenant_id = c.tenant_id and p.id = c.parent_id
    where c.tenant_id = ${all.alice.tenantId}
    order by c.name
  `;
  const parents = Object.fromEntries(found.map(({ name, parent }) => [name, parent]));
  equal(parents["Mitte AG"], "Oben AG");
  deepEqual([parents["Oben AG"], parents["Unten AG"]].filter((each) => each !== null).length, 1);
});
