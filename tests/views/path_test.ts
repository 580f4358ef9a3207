/** Addresses built from parts cannot be steered by the parts. */
import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { listOf } from "../../views/activities/rows.tsx";
import { path, query, queryIn } from "../../views/path.ts";
import { inList } from "../../views/records/neighbours.tsx";

Deno.test("a part never leaves its place in the address", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (part) => {
    const address = path`/contacts/${part}/edit`;
    const [, first, middle = "", last, ...rest] = address.split("/");
    equal(`${first} ${last} ${rest.length}`, "contacts edit 0");
    equal(decodeURIComponent(middle), part);
    equal(/[?#&<>" ]/.test(address), false);
  }));
});

Deno.test("query replaces, adds, repeats and leaves out", () => {
  equal(query("/c?tag=x&sort=name", { sort: "touched" }), "/c?tag=x&sort=touched");
  equal(query("/c?tag=x", { tag: undefined }), "/c");
  equal(query("/c", { tag: ["a", "b"], q: "", page: 2 }), "/c?tag=a&tag=b&page=2");
  equal(query("/c", { q: "Müller & Söhne" }), "/c?q=M%C3%BCller+%26+S%C3%B6hne");
  equal(query("/c?q=wer?&sort=name", { after: "1" }), "/c?q=wer%3F&sort=name&after=1");
});

Deno.test("a query reaches to the end of its address, whatever stands in it", () => {
  equal(queryIn("/c?q=wer?&sort=name"), "q=wer?&sort=name");
  equal(queryIn("/c?"), "");
  equal(queryIn("/c"), "");
  const row = inList("/contacts", "/contacts?q=wer?&sort=name")({ id: "1" });
  equal(row, "/contacts/1?list=q%3Dwer%3F%26sort%3Dname");
  equal(listOf("/activities/1?list=/tasks?due=late?&kind=call"), "/tasks?due=late?");
});

Deno.test("a query is written as forms write it", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("a b", "*-._", "!'()~", "%20+%", "\ud800x", "€ ü 𝄞", "a\0b\r\n"),
  );
  fc.assert(fc.property(anything, (word) => {
    const text = queryIn(query("/c", { q: `x${word}` }));
    equal(text, new URLSearchParams({ q: `x${word}` }).toString());
  }));
});

Deno.test("what a query carries is read back as it was, however it is spelled", () => {
  const word = fc.string({ unit: "grapheme" }).map((each) => each.toWellFormed());
  fc.assert(fc.property(fc.dictionary(word.filter((name) => name !== ""), word), (changes) => {
    const address = query("/contacts?list=a%2Cb", changes);
    const said = { list: "a,b", ...changes };
    const read = Object.fromEntries(new URLSearchParams(queryIn(address)));
    equal(/[#<>" ]/.test(address), false);
    deepEqual(
      read,
      Object.fromEntries(Object.entries(said).filter(([, value]) => value !== "")),
    );
  }));
});
