/** What an import remembers of millions of rows: keys with their rows, companies by name and place. */
import { equal } from "node:assert/strict";
import { newId } from "../../../db/ids.ts";
import { NamedCompanies } from "../../../db/imports/named_companies.ts";
import { SeenKeys } from "../../../db/imports/seen_keys.ts";

const address = (n: number) => `vorname.nachname${n}@firma-${n % 977}.example`;

Deno.test("a hundred thousand keys keep their numbers, and no other key has one", () => {
  const keys = new SeenKeys();
  for (let n = 0; n < 100_000; n++) keys.set(address(n), n);
  keys.set(address(7), 4_000_000_000);
  let wrong = 0;
  for (let n = 0; n < 100_000; n++) {
    if (keys.get(address(n)) !== (n === 7 ? 4_000_000_000 : n)) wrong++;
    if (keys.has(`x${address(n)}`) || keys.get(address(n + 100_000)) !== undefined) wrong++;
  }
  equal(wrong, 0);
});

Deno.test("short, empty and reversed keys are distinguished", () => {
  const keys = new SeenKeys();
  const all = ["", "a", "b", "aa", "ab", "ba", "ä", "\u0000", "\u0000\u0000", "a|b", "b|a"];
  all.forEach((key, n) => keys.set(key, n));
  all.forEach((key, n) => equal(keys.get(key), n, key));
  equal(keys.get("c"), undefined);
});

Deno.test("of companies of one name the first is found that may be at the place", () => {
  const named = new NamedCompanies();
  const [berlin, bonn, anywhere] = [newId(), newId(), newId()];
  named.add("sparkasse", { companyId: berlin, name: "Sparkasse" }, "10115|weg1");
  named.add("sparkasse", { companyId: bonn, name: "Sparkasse e. V." }, "53111|weg2");
  equal(named.find("sparkasse", "53111|weg2")?.companyId, bonn);
  equal(named.find("sparkasse", "53111|weg2")?.name, "Sparkasse e. V.");
  equal(named.find("sparkasse", "")?.companyId, berlin);
  equal(named.find("sparkasse", "20457|weg3"), undefined);
  equal(named.find("bank", ""), undefined);
  named.add("sparkasse", { companyId: anywhere, name: "Sparkasse" }, "");
  equal(named.find("sparkasse", "20457|weg3")?.companyId, anywhere);
  equal(named.find("sparkasse", "53111|weg2")?.companyId, bonn);
});

Deno.test("thirty thousand companies with long names are all found again", () => {
  const named = new NamedCompanies();
  const name = (n: number) => `Größe & Söhne ${n} ${"ß".repeat(n % 280)}`;
  const ids = Array.from({ length: 30_000 }, () => newId());
  ids.forEach((companyId, n) => named.add(`k${n}`, { companyId, name: name(n) }, `${n % 5}`));
  let wrong = 0;
  for (const [n, companyId] of ids.entries()) {
    const found = named.find(`k${n}`, `${n % 5}`);
    if (found?.companyId !== companyId || found.name !== name(n)) wrong++;
    if (named.find(`k${n}`, "elsewhere")) wrong++;
  }
  equal(wrong, 0);
});

Deno.test("companies are found again whatever the length of their names adds up to", () => {
  // Each length fills the space that is taken at a time at another place, some to its last byte.
  for (let length = 6; length <= 100; length++) {
    const named = new NamedCompanies();
    const companyId = newId();
    const nameOf = (n: number) => `${n}`.padEnd(length, "ß").slice(0, length);
    const count = Math.ceil(300_000 / length);
    for (let n = 0; n < count; n++) named.add(`${n}`, { companyId, name: nameOf(n) }, "Kiel");
    for (const n of [0, count >> 1, count - 1]) {
      equal(named.find(`${n}`, "Kiel")?.name, nameOf(n));
      equal(named.find(`${n}`, "Bonn"), undefined);
    }
  }
});
