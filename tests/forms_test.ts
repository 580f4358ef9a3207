/** What people and programs may send: nested names, unusual characters, too much of it. */
import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { newId } from "../db/ids.ts";
import { errorsOf, invalid, nest } from "../routes/web.tsx";
import { type Client, errors } from "./support/app.ts";
import { cast } from "./support/cast.ts";
import { fieldNames, plausible, queryNames } from "./support/fields.ts";
import { lookingUp, type Lookups } from "./support/lookups.ts";
import { idOf, pathOf, table } from "./support/routes.ts";
import { newMark, stock, upload } from "./support/stock.ts";

const part = fc.oneof(
  fc.constantFrom("a", "b", "0", "1", "10", "999", "1000", "__proto__", "constructor", "prototype"),
  fc.constantFrom("toString", "hasOwnProperty", "length", "", " ", "ä", "a".repeat(61)),
  fc.string({ maxLength: 5 }),
);
const name = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join("."));
const fields = fc.dictionary(name, fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 3 })), {
  maxKeys: 12,
});

Deno.test("field names of any kind nest without throwing or touching a prototype", () => {
  const clean = JSON.stringify(Object.getOwnPropertyNames(Object.prototype).sort());
  fc.assert(fc.property(fields, (values) => {
    const nested = nest(values);
    ok(typeof nested === "object" && nested !== null);
    JSON.stringify(nested);
    equal(({} as Record<string, unknown>).polluted, undefined);
    equal(JSON.stringify(Object.getOwnPropertyNames(Object.prototype).sort()), clean);
    equal(Object.prototype.toString.call([]), "[object Array]");
  }));
});

Deno.test("attempts on prototypes by name change nothing", () => {
  for (
    const name of [
      "__proto__.polluted",
      "a.__proto__.polluted",
      "constructor.prototype.polluted",
      "a.constructor.prototype.polluted",
      "0.__proto__.polluted",
    ]
  ) {
    nest({ [name]: "yes" });
    equal(({} as Record<string, unknown>).polluted, undefined, name);
    equal((Object as unknown as Record<string, unknown>).polluted, undefined, name);
  }
});

Deno.test("what nests is what the names say", () => {
  const text = fc.string({ maxLength: 5 });
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  fc.assert(
    fc.property(
      fc.dictionary(word, text, { maxKeys: 5 }),
      fc.array(text, { minLength: 1, maxLength: 9 }),
      (plain, list) => {
        const values = {
          ...Object.fromEntries(Object.entries(plain).map(([key, value]) => [`one.${key}`, value])),
          ...Object.fromEntries(list.map((value, index) => [`many.${index}.text`, value])),
        };
        const nested = nest(values) as { one?: Record<string, string>; many: { text: string }[] };
        deepEqual({ ...nested.one }, plain);
        deepEqual(nested.many.map((each) => each.text), list);
      },
    ),
  );
});

Deno.test("every error of a nested form becomes one code under its field's name", () => {
  const schema = z.object({
    name: z.string().min(1).max(5),
    emails: z.array(z.object({ address: z.email() })).max(2),
    role: z.enum(["a", "b"]),
  });
  fc.assert(fc.property(fields, (values) => {
    const result = schema.safeParse(nest(values));
    if (result.success) return;
    const found = errorsOf(result.error);
    ok(Object.keys(found).length > 0);
    for (const [field, code] of Object.entries(found)) {
      ok(/^[a-z_]+(\.[a-z_]+)?(\?[a-z]+=\d+)?$/.test(code), `${field} ${code}`);
    }
    deepEqual(invalid({ values, errors: found }, {}).errors, found);
  }));
});

const script = "<script>alert(1)</script>";

/** Texts that have broken programs: no field may turn one of them into a server error. */
const nasty = [
  "\0",
  "a\0b",
  "\ud800",
  "\u202ereversed",
  "\u2028\u2029\u0085",
  "💥".repeat(300),
  "a".repeat(5000),
  "'; drop table contacts; --",
  script,
  "99999999999999999999",
  "+275760-09-13",
  "\r\nSet-Cookie: a=b",
  newId(),
  "00000000-0000-0000-0000-000000000000",
];

const fill = (text: (index: number) => string): Record<string, string> =>
  Object.fromEntries(fieldNames.map((name, index) => [name, text(index)]));
const shown = (text: string) => JSON.stringify(text.slice(0, 40));
const last = () => Deno.inspect(errors.at(-1));
const skipped = /^POST \/(logout|account\/sessions)/;

/** A form as it is sent; most of them go to every route and are written once. */
const sent = (form: Record<string, unknown>) => new URLSearchParams(form as never).toString();

Deno.test("no unusual text in any field of any route causes a server error", async () => {
  const { alice } = await cast();
  const own = await stock(alice, newMark());
  own["open import"] = await upload(alice, newMark());
  const mixed = [0, 5, 9].map((turn) => fill((index) => nasty[(index + turn) % nasty.length]!));
  // With its choices right a form gets further, as far as the database: no longer than is taken.
  const uniform = nasty.map((text) => ({ ...fill(() => text.slice(0, 2_000)), ...plausible }));
  const plain = [...mixed, ...uniform].map(sent);
  const unread = new Set<string>();
  for (const [route, row] of Object.entries(table)) {
    if (!route.startsWith("POST ") || skipped.test(route)) continue;
    const path = pathOf(alice.test, route, idOf(row, own));
    const more = row.fields?.(alice);
    const bodies = more
      ? [...plain.slice(0, mixed.length), ...uniform.map((form) => sent({ ...form, ...more }))]
      : plain;
    let unseen = 0;
    for (const [index, form] of bodies.entries()) {
      const { answer, body } = await lookingUp(alice, () => alice.post(path, form));
      await answer.body?.cancel();
      ok(answer.status < 500, `${route} form ${index} ${answer.status} ${last()}`);
      if (answer.status === 413) unread.add(route);
      equal(/a=b/.test(answer.headers.get("Set-Cookie") ?? ""), false);
      // Middleware that does not read the form treats every other form the same.
      unseen = body ? 0 : unseen + 1;
      if (unseen === 2) break;
    }
  }
  // A form that is too long for its route would try nothing but the limit.
  deepEqual([...unread], ["POST /login/single-sign-on/logouts"]);
});

const broken = ["?%", "?%zz=%ff", "?a[]=1&a[]=2", "?q=%ED%A0%80", "?" + "a&".repeat(2000)];

/** As long as an address may be that the server takes at all. */
const longest = 60_000;

/** What a page looks up of its bare address. */
async function lookedUp(client: Client, path: string): Promise<Lookups> {
  const { answer, ...lookups } = await lookingUp(client, () => client.get(path));
  await answer.body?.cancel();
  return lookups;
}

Deno.test("no unusual text in the address of any page causes a server error", async () => {
  const { alice, visitor } = await cast();
  const own = await stock(alice, newMark());
  const room = longest / queryNames.length;
  const searches = nasty.map((text) => {
    let end = text.length;
    const written = (value: string) => new URLSearchParams({ names: value }).toString();
    while (written(text.slice(0, end)).length > room - 8) end -= 2;
    const value = text.slice(0, end);
    return new URLSearchParams(queryNames.map((each) => [each, value])).toString();
  });
  for (const search of searches) ok(search.length < longest, String(search.length));
  for (const [route, row] of Object.entries(table)) {
    if (!route.startsWith("GET ")) continue;
    const path = pathOf(alice.test, route, idOf(row, own));
    const client = row.access === "public" ? visitor : alice;
    const seen = await lookedUp(client, path);
    const hers = client === alice ? seen : await lookedUp(alice, path);
    // What looks nothing up shows its own address at most: that is tried once.
    const looks = seen.every || queryNames.some((each) => seen.names.has(each));
    for (const [index, search] of searches.entries()) {
      if (!looks && nasty[index] !== script) continue;
      const answer = await client.get(`${path}?${search}`);
      const html = await answer.text();
      ok(answer.status < 500, `${route} ${shown(nasty[index]!)} ${answer.status} ${last()}`);
      equal(html.includes(script), false, route);
    }
    for (const search of hers.every || hers.names.size > 0 ? broken : broken.slice(0, 1)) {
      const answer = await alice.get(path + search);
      await answer.body?.cancel();
      ok(answer.status < 500, `${route} ${search.slice(0, 40)}`);
    }
  }
});

Deno.test("no address, however unusual, causes a server error", async () => {
  const { alice } = await cast();
  await fc.assert(
    fc.asyncProperty(fc.webPath(), fc.webQueryParameters(), async (path, search) => {
      const answer = await alice.get(`/${path}?${search}`.replace(/^\/+/, "/"));
      await answer.body?.cancel();
      ok(answer.status < 500, `${path} ${answer.status}`);
    }),
    { numRuns: 80 },
  );
});
