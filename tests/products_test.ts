/** Products and the lines of deals: what may be typed, what it comes to, who may change it. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import { program } from "./support/api.ts";
import { cast, type Person } from "./support/cast.ts";
import { newDeal } from "./support/deals.ts";
import { formOf, text } from "./support/html.ts";
import { twoLines } from "./support/offers.ts";

const shelf = {
  name: "Regal Ä",
  number: "R-1",
  price: "1.234,50",
  vatRate: "19",
  unit: "Stück",
  description: "verzinkt",
  active: "on",
};

async function newProduct(person: Person, fields: Record<string, string> = {}): Promise<string> {
  const id = newId();
  const answer = await person.post("/products/new", { ...shelf, ...fields, id });
  equal(answer.status, 303, await answer.text());
  return id;
}

async function linesOf(person: Person, dealId: string) {
  return await person.test.db.owner`
    select name, unit, quantity::float8, price_cents::float8, discount, vat_rate, description,
      product_id
    from deal_items
    where deal_id = ${dealId}
    order by position
  `;
}

const amountOf = async (person: Person, dealId: string) => {
  const [row] = await person.test.db.owner`
    select amount_cents::int as amount from deals where id = ${dealId}
  `;
  return row!.amount;
};

Deno.test("a product is made once, found by name and number, changed, and taken off sale", async () => {
  const { alice, bob, charlie } = await cast();
  const id = await newProduct(alice);
  const twice = await alice.post("/products/new", { ...shelf, id });
  equal(twice.status, 303);
  for (const q of ["regal a", "R-1", "REGAL"]) {
    match(await text(await bob.get(`/products?q=${encodeURIComponent(q)}`)), /Regal Ä R-1/);
  }
  match(await (await bob.get("/products/names?items.0.name=reg")).text(), /value="Regal Ä"/);
  ok(!(await text(await charlie.get("/products"))).includes("Regal Ä"));
  const form = formOf(await (await alice.get(`/products/${id}/edit`)).text());
  deepEqual([form.price, form.vatRate, form.version], ["1.234,50", "19", "1"]);
  const { active: _, ...off } = form;
  equal((await alice.post(`/products/${id}/edit`, { ...off, price: "2" })).status, 303);
  ok(!(await text(await bob.get("/products"))).includes("Regal Ä"));
  match(await text(await bob.get("/products?sold=no")), /Regal Ä R-1 .* 2,00/);
  const stale = await alice.post(`/products/${id}/edit`, { ...form, name: "Anders" });
  equal(stale.status, 409);
  match(await stale.text(), /value="Anders"[\s\S]*/);
  equal((await alice.post(`/products/${id}/deletion`)).status, 303);
  equal((await alice.get(`/products/${id}/edit`)).status, 404);
});

Deno.test("what is wrong with a product is shown beside its field, and nothing typed is lost", async () => {
  const { alice } = await cast();
  await newProduct(alice);
  const answer = await alice.post("/products/new", {
    ...{ name: "", number: "r-1", price: "viel", vatRate: "101", unit: "x".repeat(21) },
  });
  equal(answer.status, 422);
  const page = await text(answer);
  match(page, /Das ist kein Satz zwischen 0 und 100 %/);
  match(page, /Name: /);
  const taken = await alice.post("/products/new", { ...shelf, name: "Anders", number: "r-1" });
  equal(taken.status, 422);
  match(await taken.text(), /value="Anders"/);
  equal((await alice.post("/products/new", { ...shelf, price: "2 CHF", number: "" })).status, 422);
});

Deno.test("products page by keyset and leave as CSV that no spreadsheet runs", async () => {
  const { alice, bob, vera } = await cast();
  await alice.test.db.owner`
    insert into products (tenant_id, id, name, price_cents, vat_rate, created_at, updated_at)
    select ${alice.tenantId}, gen_random_uuid(), 'P ' || lpad(n::text, 3, '0'), n, 1900, now(), now()
    from generate_series(1, 60) n
  `;
  const first = await (await bob.get("/products")).text();
  ok(first.includes("P 050") && !first.includes("P 051"));
  const next = /href="(\/products\?after=[^"]+)"/.exec(first)![1]!;
  const second = await (await bob.get(next)).text();
  ok(second.includes("P 051") && second.includes("P 060") && !second.includes("P 050"));
  equal((await bob.get("/products?after=00000000-0000-0000-0000-000000000000")).status, 200);
  await newProduct(alice, { name: "=1+1" });
  await newProduct(alice, { name: "x;=1+1", number: "R-2" });
  const answer = await bob.get("/products/export", { "Accept-Language": "de" });
  match(answer.headers.get("Content-Disposition")!, /=produkte\.csv$/);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
  const csv = new TextDecoder().decode(bytes);
  match(csv, /^Artikelnummer;Name;Beschreibung;Einheit;Preis;Währung;USt;Wird verkauft\r\n/);
  match(csv, /R-1;'=1\+1;verzinkt;Stück;1234,5;EUR;19;ja\r\n/);
  match(csv, /R-2;"x;=1\+1";verzinkt/, "no cell begins with a formula where Excel parts them");
  equal((await vera.get("/products/export")).status, 403);
});

Deno.test("lines are written in order; the deal's amount becomes their net sum", async () => {
  const { bob } = await cast();
  const dealId = await newDeal(bob, { amount: "5" });
  const at = `/deals/${dealId}/items`;
  equal((await bob.post(at, { version: "0", ...twoLines })).status, 303);
  deepEqual(
    (await linesOf(bob, dealId)).map(({ name, quantity, discount }) => [
      name,
      quantity,
      discount,
    ]),
    [["Regal Typ A", 2_000, 1_000], ["Handbuch", 3_000, 0]],
  );
  equal(await amountOf(bob, dealId), 18_000 + 2_997);
  const page = await text(await bob.get(`/deals/${dealId}`));
  match(page, /Summe netto 209,97 € zzgl\. 19 % USt\. auf 180,00 € 34,20 €/);
  match(page, /zzgl\. 7 % USt\. auf 29,97 € 2,10 € Gesamtbetrag 246,27 €/);
  // Nobody writes the amount over; without lines it stays as it was last.
  const form = formOf(await (await bob.get(`/deals/${dealId}/edit`)).text());
  const typed = await bob.post(`/deals/${dealId}/edit`, { ...form, title: "Neu", amount: "1" });
  equal(typed.status, 422);
  match(await typed.text(), /id="f-amount-error"[^>]*>[\s\S]*?folgt den Positionen/);
  equal((await bob.post(`/deals/${dealId}/edit`, { ...form, title: "Neu" })).status, 303);
  const api = await program(bob);
  const etag = (await api.get(`/deals/${dealId}`)).headers.get("ETag")!;
  for (
    const [body, at] of [[{ amountCents: 1 }, "/amountCents"], [
      { currency: "CHF" },
      "/currency",
    ]] as const
  ) {
    const { status, json } = await api.patch(`/deals/${dealId}`, body, etag);
    deepEqual([status, json.errors[0].pointer], [422, at]);
  }
  const same = { amountCents: 20_997, title: "Neuer" };
  equal((await api.patch(`/deals/${dealId}`, same, etag)).status, 200);
  equal(await amountOf(bob, dealId), 20_997);
  equal((await bob.post(at, { version: "1" })).status, 303);
  equal(await amountOf(bob, dealId), 20_997);
});

Deno.test("an unchanged form of lines writes nothing and says that the amount stays", async () => {
  const { bob } = await cast();
  const dealId = await newDeal(bob, { amount: "5" });
  const at = `/deals/${dealId}/items`;
  const changed = async () => {
    const [row] = await bob.test.db.owner<{ count: number }[]>`
      select count(*)::int as count
      from changes
      where record_id = ${dealId}
        and action = 'items_changed'
    `;
    return row!.count;
  };
  const none = await bob.post(at, { version: "0", "items.0.name": " " });
  equal(none.status, 303);
  match(
    await text(await bob.get(`/deals/${dealId}`)),
    /Der Deal hat keine Positionen\. Sein Betrag bleibt, wie er ist\./,
  );
  deepEqual([await changed(), await amountOf(bob, dealId)], [0, 500]);
  await bob.post(at, { version: "0", ...twoLines });
  const form = formOf(await (await bob.get(at)).text());
  equal((await bob.post(at, form)).status, 303);
  equal(await changed(), 1, "what was read was sent back");
  equal((await bob.post(at, { ...form, "items.0.name": "Regal B" })).status, 303);
  equal(await changed(), 2, "its version still holds");
});

Deno.test("a product's name without a price brings its price, rate, unit and description", async () => {
  const { alice, bob } = await cast();
  const id = await newProduct(alice, { vatRate: "7" });
  const dealId = await newDeal(bob);
  const at = `/deals/${dealId}/items`;
  await bob.post(at, { version: "0", "items.0.name": "r-1", "items.0.quantity": "1,5" });
  deepEqual((await linesOf(bob, dealId)).map((row) => ({ ...row })), [{
    ...{ name: "Regal Ä", unit: "Stück", quantity: 1_500, priceCents: 123_450, discount: 0 },
    ...{ vatRate: 700, description: "verzinkt", productId: id },
  }]);
  await alice.post(`/products/${id}/deletion`);
  equal((await linesOf(bob, dealId))[0]!.productId, null);
  const unknown = await bob.post(at, { version: "1", "items.0.name": "Gibt es nicht" });
  equal(unknown.status, 422);
  match(await text(unknown), /Das ist kein Produkt\. Tragen Sie den Preis ein\./);
  const francs = await newDeal(bob, { currency: "CHF" });
  await newProduct(alice);
  const foreign = await bob.post(`/deals/${francs}/items`, { version: "0", "items.0.name": "R-1" });
  match(await text(foreign), /keinen Preis in CHF/);
});

Deno.test("rows are added, moved and removed without script, and nothing typed is lost", async () => {
  const { bob } = await cast();
  const at = `/deals/${await newDeal(bob)}/items`;
  const press = async (fields: Record<string, string>) =>
    formOf(await (await bob.post(at, { version: "0", ...twoLines, ...fields })).text());
  equal((await press({ _add: "items" }))["items.2.name"], "");
  const moved = await press({ _down: "items.0" });
  deepEqual([moved["items.0.name"], moved["items.1.name"]], ["Handbuch", "Regal Typ A"]);
  equal((await press({ _up: "items.0" }))["items.0.name"], "Regal Typ A");
  const left = await press({ _remove: "items.0" });
  deepEqual([left["items.0.name"], left["items.1.name"]], ["Handbuch", undefined]);
  const wrong = await bob.post(at, {
    ...twoLines,
    ...{ version: "0", "items.0.quantity": "viele", "items.1.vatRate": "-1" },
  });
  equal(wrong.status, 422);
  const form = formOf(await wrong.text());
  deepEqual([form["items.0.quantity"], form["items.1.vatRate"]], ["viele", "-1"]);
});

Deno.test("three hundred lines are kept; one more, and one without a name, are refused", async () => {
  const { bob } = await cast();
  const dealId = await newDeal(bob);
  const at = `/deals/${dealId}/items`;
  const lines = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [
        [`items.${n}.name`, `Teil ${n}`],
        [`items.${n}.price`, "10"],
      ]).flat(),
    );
  const tooMany = await bob.post(at, { version: "0", ...lines(301) });
  equal(tooMany.status, 422);
  const form = await tooMany.text();
  match(form, /Höchstens 300 Positionen/);
  equal(formOf(form)["items.300.name"], "Teil 300", "nothing typed is lost");
  equal((await bob.post(at, { version: "0", ...lines(300) })).status, 303);
  equal(await amountOf(bob, dealId), 300_000);
  const nameless = await bob.post(at, { version: "1", ...lines(2), "items.1.name": " " });
  equal(nameless.status, 422);
  const again = formOf(await nameless.text());
  equal(again["items.1.price"], "10");
  equal(await amountOf(bob, dealId), 300_000);
});

Deno.test("two who write lines at once: the second gets a message, and may overwrite", async () => {
  const { alice, bob } = await cast();
  const dealId = await newDeal(bob);
  const at = `/deals/${dealId}/items`;
  equal((await bob.post(at, { version: "0", ...twoLines })).status, 303);
  const late = await alice.post(at, { version: "0", "items.0.name": "A", "items.0.price": "1" });
  equal(late.status, 409);
  const again = formOf(await late.text());
  equal((await alice.post(at, again)).status, 303);
  equal(await amountOf(alice, dealId), 100);
});

Deno.test("no input of lines causes a server error", async () => {
  const { bob } = await cast();
  const dealId = await newDeal(bob);
  const at = `/deals/${dealId}/items`;
  const tries: Record<string, string | string[]>[] = [
    { "items.0.name": "x\0y".repeat(9_000), "items.0.price": "1" },
    { "items.0.name": ["a", "b"], "items.0.price": ["1", "2"], version: ["0", "1"] },
    { "items.9.name": "weit hinten", "items.9.price": "99999999999,99" },
    { "items.x.name": "a", "items.0.name.deep": "b", _up: "items.99999" },
    { "items.0.name": "a", "items.0.price": "99999999999,99", "items.0.quantity": "9" },
    { "items.0.name": "\ud800", "items.0.price": "1", "items.0.description": "x".repeat(3_000) },
  ];
  for (const fields of tries) {
    ok((await bob.post(at, { version: "0", ...fields })).status < 500, JSON.stringify(fields));
  }
});
