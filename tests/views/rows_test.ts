/** Repeated rows grow and shrink without losing what was typed. */
import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { changeRows, countRows, readRows } from "../../views/ui/rows.tsx";

const values = (addresses: string[]) =>
  Object.fromEntries(addresses.map((address, i) => [`emails.${i}.address`, address]));

const addressesOf = (all: Record<string, string | string[]>) =>
  readRows(all, "emails").map(({ fields }) => fields.address ?? "");

Deno.test("a form sent to be saved is left alone", () => {
  equal(changeRows({ name: "Röder", "emails.0.address": "a@b.example" }), null);
});

Deno.test("an added row comes last and is known as fresh", () => {
  const changed = changeRows({ ...values(["a@b.example", ""]), _add: "emails" });
  deepEqual(changed, { ...values(["a@b.example", ""]), "emails.2.": "" });
  equal(countRows(changed!, "emails"), 3);
});

Deno.test("removing any row keeps all others in order, and other groups too", () => {
  fc.assert(fc.property(
    fc.array(fc.string(), { minLength: 1, maxLength: 12 }),
    fc.nat(),
    (addresses, pick) => {
      const at = pick % addresses.length;
      const others = { name: "Röder", "phones.0.number": "030", "emails_note": "x" };
      const changed = changeRows({ ...others, ...values(addresses), _remove: `emails.${at}` })!;
      deepEqual(addressesOf(changed), addresses.toSpliced(at, 1));
      for (const [name, value] of Object.entries(others)) equal(changed[name], value);
    },
  ));
});

Deno.test("a row that is not there, or no row at all, changes nothing", () => {
  for (const _remove of ["emails.9", "emails", "", "phones.0", "."]) {
    const changed = changeRows({ ...values(["a", "b"]), _remove })!;
    deepEqual(addressesOf(changed), ["a", "b"], _remove);
  }
});

Deno.test("absurd row numbers do not make absurdly many rows", () => {
  equal(countRows({ "emails.99999999.address": "x" }, "emails") <= 100, true);
});
