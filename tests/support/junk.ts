/** Requests that no browser makes, to every route of the app; the same seed makes the same ones. */
import fc from "fast-check";
import { newId } from "../../db/ids.ts";
import { origin, type TestApp } from "./app.ts";
import type { Person } from "./cast.ts";
import { fieldNames, plausible, queryNames } from "./fields.ts";
import { idOf, pathOf, table } from "./routes.ts";
import type { Stock } from "./stock.ts";
import { anyText } from "./texts.ts";

/** As many as the suite has time for; `JUNK=20000` sends more. */
export const requests = Number(Deno.env.get("JUNK") ?? 2_000);

/** Texts that have broken programs, from the big list of naughty strings and from our own past. */
const naughty = [
  "",
  "undefined",
  "null",
  "NaN",
  "-1",
  "1e309",
  "0x10",
  "٣",
  "\0",
  "a\0b",
  "\ud800",
  "\u202e\u200b\ufeff",
  "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮",
  "👩‍👩‍👧‍👦".repeat(50),
  "ﬁ ℌ Ⅷ ①",
  "İstanbul ß ẞ ſ",
  "'; drop table contacts; --",
  "\\'; --",
  "{{7*7}} ${7*7} <%= 7 %>",
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "../../../../etc/passwd%00",
  "$(reboot) `reboot` | reboot",
  "=cmd|' /C calc'!A0",
  "\r\nSet-Cookie: a=b",
  "__proto__",
  "+275760-09-13",
  "0000-00-00",
  "2026-02-30",
  "99999999999999999999999",
  "a".repeat(20_000),
  "[".repeat(20_000),
  "%".repeat(300),
  " ".repeat(20_000),
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
] as const;

const bytes = fc.uint8Array({ maxLength: 200 }).map((all) => new Uint8Array(all));
const text = fc.oneof(fc.constantFrom(...naughty), anyText({ maxLength: 60 }));
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...fieldNames, ...queryNames) },
  { weight: 1, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom("__proto__.x", "a.0.b", "ids", "a..b", "0", "[]") },
);
const pairs = fc.array(fc.tuple(name, text), { maxLength: 12 });

const types = [
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "multipart/form-data",
  "application/json",
  "text/plain; charset=utf-16",
  "nonsense",
  "",
];

/** What is sent: a form that makes sense or not, or bytes with some content type. */
const body = fc.oneof(
  pairs.map((all) => ({ form: all, sensible: false })),
  pairs.map((all) => ({ form: all, sensible: true })),
  fc.record({ bytes, type: fc.constantFrom(...types) }),
  fc.record({
    bytes: pairs.map((all) =>
      new TextEncoder().encode(JSON.stringify(Object.fromEntries(all)).slice(0, 30_000))
    ),
    type: fc.constantFrom(...types),
  }),
  fc.constant({
    bytes: new TextEncoder().encode("a=%ff%fe&%c3%28=%ed%a0%80&b=%&c=%zz"),
    type: types[0]!,
  }),
);

const leavesOut = /^POST \/(logout|account\/sessions)|stream$/;
const routes = Object.keys(table).filter((route) => !leavesOut.test(route));

const request = fc.record({
  route: fc.constantFrom(...routes),
  method: fc.oneof(
    { weight: 6, arbitrary: fc.constant("") },
    {
      weight: 1,
      arbitrary: fc.constantFrom("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"),
    },
  ),
  id: fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.oneof(fc.constant(newId()), text) },
  ),
  query: fc.oneof(fc.constant<[string, string][]>([]), pairs),
  body,
  headers: fc.constantFrom<Record<string, string>>(
    {},
    { "HX-Request": "true", "HX-Request-Type": "partial" },
    { "Accept-Language": "x".repeat(3_000) },
    { "Accept": "application/json", "Accept-Encoding": "zstd;q=9, nonsense" },
    { "Range": "bytes=-1-5", "If-Modified-Since": "never" },
  ),
  who: fc.nat(9),
});

/**
 * Sends so many requests, as each of these people in turn. Returns those answered with a server
 * error.
 */
export async function sendJunk(
  test: TestApp,
  people: readonly (Person | null)[],
  own: Stock,
  { requests, seed }: { requests: number; seed: number },
): Promise<string[]> {
  const found: string[] = [];
  for (const each of fc.sample(request, { numRuns: requests, seed })) {
    const [given = "GET"] = each.route.split(" ");
    const row = table[each.route]!;
    const id = each.id === null
      ? idOf(row, own)
      : encodeURIComponent(each.id.toWellFormed()).slice(0, 2_000);
    const path = pathOf(test, each.route, id);
    const person = people[each.who % people.length] ?? null;
    const method = each.method || (given === "ALL" ? "POST" : given);
    const search = new URLSearchParams(
      each.query.map(([key, value]) => [key, value.slice(0, 900)]),
    );
    const headers = new Headers({
      "Sec-Fetch-Site": "same-origin",
      Origin: origin,
      ...each.headers,
      ...(person ? { Cookie: `session=${person.cookies.get("session")}` } : {}),
    });
    const init: RequestInit = { method, headers };
    if (!["GET", "HEAD"].includes(method)) {
      if ("form" in each.body) {
        const form = new URLSearchParams(
          each.body.sensible ? plausible : {},
        );
        for (const [key, value] of each.body.form) form.append(key, value);
        init.body = form;
      } else {
        init.body = each.body.bytes;
        headers.set("Content-Type", each.body.type);
      }
    }
    const remote = { transport: "tcp", hostname: "127.0.0.1", port: 1 };
    const answer = await test.app.request(`${origin}${path}?${search}`, init, {
      remoteAddr: remote,
    });
    await answer.body?.cancel();
    if (answer.status >= 500) {
      const sent = JSON.stringify(each.body).slice(0, 300);
      found.push(`${method} ${each.route} (${path.slice(0, 80)}) ${answer.status} ${sent}`);
    }
  }
  return found;
}
