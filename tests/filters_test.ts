/** Filters of the lists, through HTTP: each alone, several together, with a search, and as chips. */
import { assert, assertEquals, assertStringIncludes } from "deno-std/assert/mod.js";
import { cast, type Person } from "./support/cast.ts";
import { newDeal, stagesOf } from "./support/deals.ts";
import { attribute, decode, idOf, text } from "./support/html.ts";

interface Seed {
  last: string;
  fields?: Record<string, string>;
  created?: string;
  touched?: string;
}

const seeds: Seed[] = [
  {
    last: "Adler",
    fields: {
      status: "customer",
      "emails.0.address": "adler@example.org",
      "phones.0.number": "040 123456",
      "addresses.0.city": "München",
      "addresses.0.postalCode": "80331",
      "companies.0.name": "Müller Söhne GmbH",
      origin: "customer",
    },
    created: "2026-01-10T12:00:00Z",
    touched: "2026-03-01T12:00:00Z",
  },
  {
    last: "Bussard",
    fields: {
      ownerId: "",
      "addresses.0.city": "Hamburg",
      "addresses.0.postalCode": "20457",
      "emails.0.address": "bussard@example.org",
      origin: "referral",
      sourceDetail: "Messe Hannover",
    },
    created: "2026-01-31T22:30:00Z",
    touched: "2026-02-28T23:30:00Z",
  },
  {
    last: "Falke",
    fields: { origin: "inquiry", "phones.0.number": "089 555555", newTags: "Messe" },
    created: "2026-01-31T23:30:00Z",
    touched: "2026-04-01T12:00:00Z",
  },
];

async function stock(person: Person): Promise<void> {
  for (const { last, fields, created, touched } of seeds) {
    const answer = await person.post("/contacts/new", {
      lastName: last,
      ownerId: person.userId,
      ...fields,
    });
    assertEquals(answer.status, 303, answer.status === 422 ? await text(answer) : "");
    await person.scope(async ({ sql, tenantId }) => {
      await sql`
        update contacts
        set created_at = ${created!}, last_touch_at = ${touched!}
        where tenant_id = ${tenantId}
          and id = ${idOf(answer)}
      `;
    });
  }
}

/** The names that a list shows, in its order. */
async function listed(person: Person, address: string): Promise<string[]> {
  const answer = await person.get(address);
  assertEquals(answer.status, 200);
  return [...(await answer.text()).matchAll(/<a class="row-link"[^>]*>([^<]*)</g)]
    .map(([, name]) => decode(name!));
}

const cases: [string, string[]][] = [
  ["place=muen", ["Adler"]],
  ["place=M%C3%BCnchen", ["Adler"]],
  ["place=20", ["Bussard"]],
  ["place=chen", []],
  ["firm=mueller", ["Adler"]],
  ["source=hannover", ["Bussard"]],
  ["basis=contract", ["Adler"]],
  ["basis=legitimate_interest", ["Bussard"]],
  ["created_from=2026-02-01", ["Falke"]],
  ["created_to=2026-01-31", ["Adler", "Bussard"]],
  ["created_from=2026-01-11&created_to=2026-01-31", ["Bussard"]],
  ["touch_from=2026-03-01", ["Adler", "Bussard", "Falke"]],
  ["touch_to=2026-02-28", []],
  ["empty=email", ["Falke"]],
  ["empty=phone", ["Bussard"]],
  ["empty=address", ["Falke"]],
  ["empty=company", ["Bussard", "Falke"]],
  ["empty=owner", ["Bussard"]],
  ["empty=email&empty=company", ["Falke"]],
  ["empty=email,company", ["Falke"]],
  ["empty=company&place=ham&source=Messe", ["Bussard"]],
  ["status=customer&place=80&basis=contract", ["Adler"]],
  ["status=lead&place=80", []],
  ["sort=touch", ["Falke", "Adler", "Bussard"]],
  ["sort=touch&dir=asc&empty=company", ["Bussard", "Falke"]],
];

Deno.test("every filter of the contacts lets through what it says, alone and with others", async () => {
  const { alice } = await cast();
  await stock(alice);
  for (const [query, names] of cases) {
    assertEquals(await listed(alice, `/contacts?${query}`), names, query);
  }
});

Deno.test("a search narrowed by any filter finds the same as the list does", async () => {
  const { alice } = await cast();
  await stock(alice);
  await alice.scope(async ({ sql, tenantId }) => {
    await sql`
      update contacts
      set search = search || ' vogel '
      where tenant_id = ${tenantId}
    `;
  });
  for (const [query, names] of cases) {
    assertEquals(await listed(alice, `/contacts?q=vogel&${query}`), names, query);
  }
});

Deno.test("companies are filtered by place, source, dates and what they lack", async () => {
  const { alice } = await cast();
  const kiel = { name: "Kieler Werft", "addresses.0.city": "Kiel", "phones.0.number": "0431 1234" };
  await alice.post("/companies/new", { ...kiel, ownerId: alice.userId });
  await alice.post("/companies/new", { name: "Ohne Alles" });
  for (
    const [query, names] of [
      ["place=kie", ["Kieler Werft"]],
      ["empty=phone", ["Ohne Alles"]],
      ["empty=owner", ["Ohne Alles"]],
      ["empty=company", ["Kieler Werft", "Ohne Alles"]],
      ["created_from=2999-01-01", []],
      ["touch_to=2999-01-01", ["Kieler Werft", "Ohne Alles"]],
      ["q=werft&place=kie", ["Kieler Werft"]],
      ["q=werft&empty=phone", []],
    ] as const
  ) assertEquals(await listed(alice, `/companies?${query}`), [...names], query);
});

Deno.test("lists and their searches narrow to records that nothing is planned for", async () => {
  const { alice } = await cast();
  const made = async (noun: string, fields: Record<string, string>) =>
    idOf(await alice.post(`/${noun}/new`, fields));
  const planned = async (about: string, fields: Record<string, string> = {}) =>
    idOf(await alice.post("/activities/new", { kind: "task", subject: "Ruf", about, ...fields }));
  const stage = /value="([^"]+)"/.exec(
    /name="stageId"[\s\S]*?<\/select>/.exec(await (await alice.get("/deals/new")).text())![0],
  )![1]!;
  for (
    const [noun, kind, of] of [
      ["contacts", "contact", (name: string) => ({ lastName: name, origin: "card" })],
      ["companies", "company", (name: string) => ({ name })],
      ["deals", "deal", (title: string) => ({ title, stageId: stage, currency: "EUR" })],
    ] as const
  ) {
    const [open, done, gone] = [
      await made(noun, of("Vogel Offen")),
      await made(noun, of("Vogel Erledigt")),
      await made(noun, of("Vogel Entfallen")),
    ];
    await made(noun, of("Vogel Ohne"));
    await planned(`${kind}:${open}`);
    await alice.post(`/activities/${await planned(`${kind}:${done}`)}/completion`, {});
    await alice.post(`/activities/${await planned(`${kind}:${gone}`)}/deletion`, {});
    for (const q of ["", "&q=vogel"]) {
      const names = await listed(alice, `/${noun}?empty=activity${q}`);
      assertEquals(names.sort(), ["Vogel Entfallen", "Vogel Erledigt", "Vogel Ohne"], noun + q);
    }
    const page = await (await alice.get(`/${noun}?empty=activity`)).text();
    assertEquals(chips(page).map(([words]) => words), ["nichts geplant"]);
  }
});

Deno.test("of deals that nothing is planned for those are meant that are open", async () => {
  const { alice } = await cast();
  const { Anfrage, Gewonnen, Verloren } = await stagesOf(alice);
  for (const stage of [Anfrage, Gewonnen, Verloren]) {
    await newDeal(alice, { title: `Vogel ${stage!.name}`, stageId: stage!.id });
  }
  for (const q of ["", "&q=vogel"]) {
    assertEquals(await listed(alice, `/deals?empty=activity${q}`), ["Vogel Anfrage"]);
    const won = await listed(alice, `/deals?empty=activity&status=won${q}`);
    assertEquals(won, ["Vogel Gewonnen"], "whoever asks for others finds them");
  }
  const all = "/bulk-changes/new?kind=deal&action=delete&all=1&list=empty%3Dactivity";
  assertStringIncludes(await text(await alice.get(all)), "1 Deal ist ausgewählt.");
});

/** Each chip: its words and where it leads. */
function chips(html: string): [string, string][] {
  return [...html.matchAll(/<a class="chip"[^>]*>[\s\S]*?<\/a>/g)].map(([chip]) => [
    /<span>([^<]*)<\/span>/.exec(chip)![1]!,
    attribute(chip, "href")!,
  ]);
}

Deno.test("active filters are shown above the list as chips that remove one each", async () => {
  const { alice } = await cast();
  await stock(alice);
  const page = await alice.get(
    "/contacts?place=ham&basis=legitimate_interest&empty=phone&empty=company&created_to=2026-01-31&sort=touch",
  );
  const found = chips(decode(await page.text()));
  assertEquals(found.map(([words]) => words), [
    "Ort oder PLZ: ham",
    "Rechtsgrundlage: Berechtigtes Interesse (Art. 6 Abs. 1 lit. f DSGVO)",
    "Angelegt bis: 31.01.2026",
    "ohne Telefon",
    "ohne Firma",
  ]);
  assertEquals(
    found[0]![1],
    "/contacts?basis=legitimate_interest&created_to=2026-01-31&empty=phone%2Ccompany&sort=touch",
  );
  const without = found[3]![1];
  assertStringIncludes(without, "empty=company");
  assert(!without.includes("phone") && without.includes("place=ham"));
  assertEquals(await listed(alice, without), ["Bussard"]);
});

Deno.test("a tag, an owner and a company are named on their chips; others' ids reveal nothing", async () => {
  const { alice, charlie } = await cast();
  await stock(alice);
  const tag = await alice.scope(async ({ sql, tenantId }) => {
    const [row] = await sql<[{ id: string }]>`
      select id
      from tags
      where tenant_id = ${tenantId}
    `;
    return row.id;
  });
  const query = `/contacts?tag=${tag}&owner=${alice.userId}`;
  const words = chips(await (await alice.get(query)).text()).map(([each]) => each);
  assertEquals(words, ["Schlagwort: Messe", "Zuständig: Alice Ahrens"]);
  const foreign = await (await charlie.get(query)).text();
  assert(!foreign.includes("Messe") && !foreign.includes("Ahrens"));
});

Deno.test("what makes no sense is ignored and never a server error", async () => {
  const { alice } = await cast();
  await stock(alice);
  const senseless = [
    "created_from=0000-01-01",
    "created_from=2026-02-30",
    "touch_to=morgen",
    "basis=none",
    "empty=everything",
    "place=%00",
    "cols=%27%27,name",
    "tag=%F0%9F",
  ];
  for (const query of senseless) {
    assertEquals(await listed(alice, `/contacts?${query}`), ["Adler", "Bussard", "Falke"], query);
  }
  for (const place of ["%", "_", "'", "\\", "ß", "9".repeat(500), "😀"]) {
    const all = /[\p{L}\p{N}]/u.test(place) ? [] : ["Adler", "Bussard", "Falke"];
    assertEquals(await listed(alice, `/contacts?place=${encodeURIComponent(place)}`), all, place);
    assertEquals(
      await listed(alice, `/contacts?q=adler&source=${encodeURIComponent(place)}`),
      [],
      place,
    );
  }
});

Deno.test("pages of a filtered list follow one another without gap or repetition", async () => {
  const { alice } = await cast();
  await alice.scope(async ({ sql, tenantId }) => {
    await sql`
      insert into contacts (
        tenant_id, id, last_name, source, source_channel, legal_basis, purpose, last_touch_at,
        created_at, updated_at
      )
      select ${tenantId}, gen_random_uuid(), 'Name' || n % 7, 'Messe', 'sample',
        case when n % 2 = 0 then 'contract' else 'consent' end, 'sales', '2026-01-01',
        '2026-01-01', '2026-01-01'
      from generate_series(1, 260) n
    `;
  });
  const seen: string[] = [];
  let address: string | undefined = "/contacts?basis=contract&sort=touch";
  while (address) {
    const html: string = await (await alice.get(address)).text();
    seen.push(...[...html.matchAll(/<tr id="(contact-[^"]+)"/g)].map(([, id]) => id!));
    address = html.match(/<a class="button button-plain"[^>]*rel="next"[^>]*>/)?.[0] &&
      attribute(html.match(/<a class="button button-plain"[^>]*rel="next"[^>]*>/)![0], "href");
  }
  assertEquals([seen.length, new Set(seen).size], [130, 130]);
});
