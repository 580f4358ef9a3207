/** Search: every spelling finds the name, nothing crosses tenants, restricted and deleted stay hidden. */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import fc from "fast-check";
import * as lists from "../db/contact_lists.ts";
import type { Cursor } from "../db/pages.ts";
import { rank } from "../db/search_ranks.ts";
import { cast, type Person } from "./support/cast.ts";
import { text } from "./support/html.ts";

interface Name {
  first: string;
  last: string;
  queries: string[];
}

const names: Name[] = Deno.readTextFileSync(new URL("data/names/spellings.tsv", import.meta.url))
  .trim().split("\n").slice(1).map((line) => {
    const [, first = "", last = "", queries = ""] = line.split("\t");
    return { first, last, queries: queries.split(" | ") };
  });

const none = { tag: null, owner: null, status: null, company: null };
const byName = { sort: "name", descending: false } as const;

/** Contacts of these names, with their search text made in one call as an import makes it. */
async function stock(person: Person, people: { first: string; last: string }[]): Promise<void> {
  await person.scope(async ({ sql, tenantId, now }) => {
    await sql`
      insert into contacts (
        tenant_id, id, first_name, last_name, source, source_channel, legal_basis, purpose,
        last_touch_at, created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), p.first, p.last, 'Test', 'sample', 'contract', 'sales',
        ${now}, ${now}, ${now}
      from unnest(
        ${people.map(({ first }) => first)}::text[], ${people.map(({ last }) => last)}::text[]
      ) as p (first, last)
    `;
    await sql`select refresh_contact_search(array(select id from contacts where tenant_id = ${tenantId}))`;
  });
}

/** The last names that a query finds, over all pages. */
async function found(person: Person, q: string): Promise<string[]> {
  const all: string[] = [];
  let cursor: Cursor = null;
  do {
    const page: Awaited<ReturnType<typeof lists.list>> = await person.scope((scope) =>
      lists.list(scope, { ...none, q }, byName, cursor)
    );
    all.push(...page.rows.map(({ lastName }) => lastName));
    cursor = page.next ? { after: page.next } : null;
  } while (cursor);
  return all;
}

Deno.test("two hundred names are found by every spelling listed for them", async () => {
  const { alice } = await cast();
  assertEquals(names.length, 200);
  await stock(alice, names);
  const missed: string[] = [];
  for (const { last, queries } of names) {
    for (const q of queries) {
      if (!(await found(alice, q)).includes(last)) missed.push(`${q} should find ${last}`);
    }
  }
  assertEquals(missed, []);
});

Deno.test("a name is not found by what it does not contain", async () => {
  const { alice } = await cast();
  await stock(alice, names);
  assertEquals(await found(alice, "roeder mueller"), []);
  assertEquals(await found(alice, "xyzzy"), []);
  assertEquals((await found(alice, "schroeder")).includes("Röder"), false);
  for (const wildcard of ["%", "_", "\\", "%%%", "R%xyz", "Rö_xyz"]) {
    assertEquals(await found(alice, wildcard), [], wildcard);
  }
});

const contact = {
  firstName: "Renée",
  lastName: "Oelßner",
  origin: "card",
  customerNumber: "K-10.023",
  "emails.0.address": "r.oelssner@seegut.example",
  "phones.0.number": "+49 (0)421 5556677",
  "addresses.0.postalCode": "28195",
  "addresses.0.city": "Bremen-Nord",
  "companies.0.name": "Ölmühle Großenhain AG",
  newTags: "Weihnachtskarte",
};

Deno.test("company, e-mail, phone, place, postcode, tag and customer number find a contact", async () => {
  const { alice } = await cast();
  await alice.post("/contacts/new", contact);
  for (
    const q of [
      "oelmuehle",
      "grossenhain oelssner",
      "OELSSNER renee",
      "seegut.example",
      "r.oelssner@seegut.example",
      "bremen",
      "nord bremen",
      "28195",
      "weihnachtsk",
      "K-10.023",
      "10023",
      "0421 555",
      "421/555-66",
      "+49 421 5556677",
      "0049 421 5556677",
      "+49 (0)421 5556677",
      "5556677",
      "06677".slice(1),
    ]
  ) assertEquals(await found(alice, q), ["Oelßner"], q);
});

Deno.test("the search page shows persons and companies, the lists narrow by the same words", async () => {
  const { alice, vera, charlie } = await cast();
  await alice.post("/contacts/new", contact);
  const page = await text(await vera.get("/search?q=oelmuehle"));
  for (const words of ["Treffer für „oelmuehle“", "Oelßner, Renée", "Ölmühle Großenhain AG"]) {
    assertStringIncludes(page, words);
  }
  assertStringIncludes(await text(await vera.get("/contacts?q=oelmuehle")), "Oelßner, Renée");
  assertStringIncludes(await text(await vera.get("/companies?q=oelmuehle")), "Großenhain");
  assertStringIncludes(await text(await vera.get("/search?q=xyzzy")), "Nichts gefunden");
  assertStringIncludes(await text(await vera.get("/search")), "Suchen Sie nach");
  const other = await text(await charlie.get("/search?q=oelmuehle"));
  assert(!other.includes("Großenhain") && !other.includes("Oelßner"));
});

Deno.test("a name that begins with what was typed comes before one that holds it", async () => {
  const { alice } = await cast();
  await stock(alice, [
    ...Array.from({ length: 12 }, (_, n) => ({ first: `Ann${n}`, last: "Brodersen" })),
    { first: "Erika", last: "Röder" },
  ]);
  const page = await text(await alice.get("/search?q=roeder"));
  assert(page.indexOf("Röder, Erika") < page.indexOf("Brodersen, Ann"), page.slice(0, 3000));
  assertStringIncludes(page, "Röder, Erika");
  // The search box contains the query again.
  const box = /<input[^>]*id="global-search"[^>]*>/;
  const asked = await (await alice.get("/search?q=r%C3%B6der+%22x")).text();
  assertStringIncludes(box.exec(asked)![0], 'value="röder &quot;x"');
  assertStringIncludes(box.exec(await (await alice.get("/contacts?q=x")).text())![0], 'value=""');
});

Deno.test("beside a place the name that was typed still comes first", () => {
  const names = ["Brinkmüller, Christian", "Król, Andrzej", "Müller, Carina", "Müller, Hamburga"];
  assertEquals(rank(names, "Müller Hamburg", (name) => name), [
    "Müller, Hamburga",
    "Müller, Carina",
    "Brinkmüller, Christian",
    "Król, Andrzej",
  ]);
});

Deno.test("the owner's search function keeps to the tenant of the transaction", async () => {
  const { alice, charlie, test } = await cast();
  await alice.post("/contacts/new", contact);
  const search = (person: Person, kind: string) =>
    person.scope(({ sql }) =>
      sql`
        select id
        from search_records(${kind}, 'oelmuehle', 'name', false, null, false, 50, null, null, null, null)
      `
    );
  for (const kind of ["contact", "company"]) {
    assertEquals((await search(alice, kind)).length, 1, kind);
    assertEquals((await search(charlie, kind)).length, 0, kind);
  }
  const [{ id, tag }] = await test.db.owner<[{ id: string; tag: string }]>`
    select c.id, x.tag_id as tag
    from contacts c
    join contact_tags x on x.tenant_id = c.tenant_id and x.contact_id = c.id
    where c.tenant_id = ${alice.tenantId}
  `;
  const crossed = await charlie.scope(({ sql }) =>
    sql`
      select id
      from search_records('contact', 'oelmuehle', 'name', false, ${id}, true, 50, ${tag}, null, null, null)
    `
  );
  assertEquals(crossed.length, 0);
  const unscoped = await test.db.app`
    select id
    from search_records('contact', 'oelmuehle', 'name', false, null, false, 50, null, null, null, null)
  `;
  assertEquals(unscoped.length, 0);
});

Deno.test("a restricted person is found by nobody, and shown on no page", async () => {
  const { alice, test } = await cast();
  const answer = await alice.post("/contacts/new", contact);
  await test.db.owner`
    update contacts
    set restricted_at = now()
    where tenant_id = ${alice.tenantId}
  `;
  assertEquals(await found(alice, "oelssner"), []);
  assertEquals((await alice.get(answer.headers.get("Location")!)).status, 404);
  assert(!(await text(await alice.get("/contacts"))).includes("Oelßner"));
});

Deno.test("hits are paged in order both ways, each once, whatever way they are found", async () => {
  const { alice } = await cast();
  const people = Array.from({ length: 700 }, (_, i) => ({
    first: i % 9 === 0 ? "Selten" : "Häufig",
    last: `Person ${String(i).padStart(3, "0")}`,
  }));
  await stock(alice, people);
  for (const q of ["haeufig", "selten", "se", "person"]) {
    const wanted = people.filter(({ first }) =>
      q === "person" || first.toLowerCase().startsWith(q === "haeufig" ? "h" : "s")
    ).map(({ last }) => last);
    assertEquals(await found(alice, q), wanted, q);
  }
  const page = (cursor: Cursor) =>
    alice.scope((scope) => lists.list(scope, { ...none, q: "selten" }, byName, cursor));
  const first = await page(null);
  const second = await page({ after: first.next! });
  const back = await page({ before: second.previous! });
  assertEquals(back.rows.map(({ id }) => id), first.rows.map(({ id }) => id));
  assertEquals(back.previous, null);
});

const syllables = fc.constantFrom(
  ..."ä ö ü ß é ł ş ç ı ue oe ae ss mau que neu bau mül ber rö der sch ke land er en joel zoe sœur a"
    .split(
      " ",
    ),
);
const word = fc.array(syllables, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""))
  // Doubled umlauts (üü) are in no name and are the one thing fold may read two ways.
  .filter((value) => !/[üu]e?ü|ue?ue|ü[ue]e/i.test(value));

Deno.test("folding twice is folding once, in any writing of umlauts, for any text", async () => {
  const { alice } = await cast();
  await alice.scope(async ({ sql }) => {
    const fold = async (value: string) => {
      const [row] = await sql<[{ once: string; twice: string }]>`
        select fold(${value}::text) as once, fold(fold(${value}::text)) as twice
      `;
      return row;
    };
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), async (value) => {
        const clean = value.replaceAll("\0", "");
        const { once, twice } = await fold(clean);
        assertEquals(twice, once);
        assert(!/[%_\\]/.test(once), "no wildcard is left");
      }),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(word, async (value) => {
        const { once, twice } = await fold(value);
        assertEquals(twice, once);
        for (const [umlaut, pair] of [["ä", "ae"], ["ö", "oe"], ["ß", "ss"]] as const) {
          assertEquals((await fold(value.replaceAll(umlaut, pair))).once, once);
        }
        // After a, e and q a written "ue" is no umlaut.
        const plain = value.replaceAll(/(?<![aeqäéœ])ü/g, "ue");
        assertEquals((await fold(plain)).once, once);
        assertEquals((await fold(value.toUpperCase().replaceAll("I", "ı"))).once.length > 0, true);
        assertEquals((await fold(value.normalize("NFD"))).once, once);
      }),
      { numRuns: 300 },
    );
  });
});

Deno.test("any fragment of three letters or more finds the name it was cut from", async () => {
  const { alice } = await cast();
  await alice.scope(async ({ sql }) => {
    await fc.assert(
      fc.asyncProperty(word, word, fc.nat(), fc.nat(), async (first, last, from, length) => {
        const letters = [...last];
        const start = from % letters.length;
        const fragment = letters.slice(start, start + 3 + length % letters.length).join("");
        fc.pre([...fragment].length >= 3);
        const [row] = await sql<[{ hit: boolean | null }]>`
          select bool_and(made.words like patterns[i][1] or made.words like patterns[i][2]) as hit
          from search_words(${`${first} ${last}`}) as made (words),
            search_patterns(${fragment}) as patterns,
            generate_subscripts(patterns, 1) as i
        `;
        assert(row.hit, `${fragment} finds ${last}`);
      }),
      { numRuns: 500 },
    );
  });
});

Deno.test("a search shows how many it found, unless it stopped early, and later pages do not", async () => {
  const { bob } = await cast();
  const people = (last: string, length: number) => Array(length).fill({ first: "Ada", last });
  const first = (q: string) =>
    bob.scope((scope) => lists.list(scope, { ...none, q }, byName, null));
  await stock(bob, people("Lindemann", 60));
  assertEquals((await first("indemann")).total, 60);
  // Those whose name begins so fill the page: nobody looked for others.
  assertEquals((await first("lindemann")).total, null);
  await stock(bob, [...people("Aaberg", 400), ...people("Zobel", 70)]);
  const zobel = await first("obel");
  assertEquals([zobel.rows.length, zobel.total], [50, 70]);
  // Found before all were examined.
  assertEquals((await first("aaberg")).total, null);
  const next = await bob.scope((scope) =>
    lists.list(scope, { ...none, q: "obel" }, byName, { after: zobel.next! })
  );
  assertEquals([next.rows.length, next.total], [20, null]);
  for (const [q, count] of [["zobel", "70"], ["obel", "70"], ["aaberg", "400"]]) {
    assertStringIncludes(await text(await bob.get(`/contacts?q=${q}`)), `${count} Einträge`);
  }
});

/** Full names on the page that a place leads to, and the page itself. */
async function pageOf(person: Person, q: string, cursor: Cursor, size: number) {
  const page = await person.scope((scope) =>
    lists.list(scope, { ...none, q }, byName, cursor, size)
  );
  return { ...page, names: page.rows.map((row) => `${row.lastName} ${row.firstName}`.trim()) };
}

Deno.test("exact names come before names that contain what was typed", async () => {
  const { alice } = await cast();
  await stock(alice, [
    { first: "Jo", last: "Becker-Müller" },
    { first: "Anna", last: "Müller" },
    { first: "Mueller", last: "Abt" },
    { first: "Bert", last: "Muellerin" },
    { first: "Anna", last: "Zoller-Müller" },
  ]);
  const first = async (q: string) => (await pageOf(alice, q, null, 50)).names;
  const begins = ["Müller Anna", "Muellerin Bert"];
  const others = ["Abt Mueller", "Becker-Müller Jo", "Zoller-Müller Anna"];
  for (const q of ["Müller", "mueller", "MULLER", "mülle"]) {
    assertEquals(await first(q), [...begins, ...others], q);
  }
  for (const q of ["Anna Müller", "müller anna"]) {
    assertEquals(await first(q), ["Müller Anna", "Zoller-Müller Anna"], q);
  }
  assertEquals(await first("oller"), ["Zoller-Müller Anna"]);
  const down = await alice.scope((scope) =>
    lists.list(scope, { ...none, q: "müller" }, { ...byName, descending: true }, null)
  );
  assertEquals(down.rows[0]!.lastName, "Zoller-Müller");
});

Deno.test("pages turn over both parts of a search, there and back, whatever their size", async () => {
  const { alice } = await cast();
  const many = Array.from({ length: 23 }, (_, n) => ({
    first: String.fromCharCode(97 + n),
    last: n % 3 === 0 ? "Adler-Koch" : n % 3 === 1 ? "Koch" : "Kochs",
  }));
  await stock(alice, [...many, { first: "x", last: "Anders" }]);
  const all = await pageOf(alice, "koch", null, 50);
  assertEquals(all.total, 23);
  assertEquals(all.names.map((name) => name.startsWith("Koch")).indexOf(false), 15);
  assertEquals(all.names.slice(0, 15), all.names.slice(0, 15).toSorted());
  for (const size of [1, 4, 5, 15, 16, 22, 23]) {
    const seen: string[] = [];
    let cursor: Cursor = null;
    let last: Awaited<ReturnType<typeof pageOf>>;
    do {
      last = await pageOf(alice, "koch", cursor, size);
      seen.push(...last.names);
      cursor = last.next ? { after: last.next } : null;
    } while (cursor);
    assertEquals(seen, all.names, `there by ${size}`);
    const back: string[] = [...last.names];
    while (last.previous) {
      last = await pageOf(alice, "koch", { before: last.previous }, size);
      back.unshift(...last.names);
    }
    assertEquals(back, all.names, `and back by ${size}`);
  }
});
