/** Figures about security measures: each is true, and red when what it checks is broken. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { linkFiles } from "../db/backups/files.ts";
import { now, setOffset } from "../db/clock.ts";
import * as dependencies from "../db/dependencies.ts";
import { newId } from "../db/ids.ts";
import * as figures from "../db/measure_figures.ts";
import { checkMeasures } from "../db/measures.ts";
import { searchFolder } from "../db/tenant_erasures/searches.ts";
import { lookAround } from "../jobs/inspections.ts";
import { foreignReferences } from "../routes/page_looks.ts";
import { type Cast, cast } from "./support/cast.ts";
import { selfSigned } from "./support/certificates.ts";
import { text } from "./support/html.ts";

let here: Cast;

/** One figure as it is now. */
async function figure(name: figures.FigureName): Promise<figures.Measured> {
  const all = await figures.list(here.test.db.app);
  return all.find((each) => each.name === name)!;
}

Deno.test.beforeAll(async () => {
  here = await cast();
  const { alice, test } = here;
  await test.db.owner`update identities set operator = true where id = ${alice.identityId}`;
});

Deno.test.afterAll(() => setOffset(undefined));

Deno.test("failed sign-ins are counted by day, blocked ones separately, without names", async () => {
  const { visitor } = here;
  const before = (await figure("attempts")).values as { failed: number; limited: number };
  const wrong = { email: "zielscheibe@example.org", password: "falsch, aber lang genug" };
  for (let i = 0; i < 11; i++) await visitor.post("/login", wrong);
  const { failed, limited } = (await figure("attempts")).values as typeof before;
  deepEqual([failed - before.failed, limited - before.limited], [10, 1]);
  setOffset("P8D");
  deepEqual((await figure("attempts")).values, { failed: 0, limited: 0 });
  setOffset(undefined);
});

Deno.test("the share of second factors is counted: nobody has one yet, and none is claimed", async () => {
  const { passed, values } = await figure("second_factor");
  equal(passed, null);
  ok(Number(values.people) >= 3);
  deepEqual([values.shielded, values.share], [0, 0]);
});

Deno.test("certificate and headers are checked as a browser gets them, and red when they are not in order", async () => {
  const { owner } = here.test.db;
  const { cert, key } = selfSigned("localhost");
  const good = await here.visitor.get("/login");
  let headers = new Headers(good.headers);
  headers.set("Strict-Transport-Security", "max-age=31536000");
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, cert, key, onListen() {} },
    () => new Response("x", { headers }),
  );
  const dataDir = await Deno.makeTempDir();
  const config = {
    baseUrl: `https://localhost:${server.addr.port}`,
    dataDir,
    appEnv: "production" as const,
  };
  try {
    await lookAround(config, owner, cert);
    const tls = await figure("tls");
    equal(tls.passed, true, JSON.stringify(tls.values));
    match(String(tls.values.protocol), /^TLSv1\.[23]$/);
    deepEqual((await figure("content_policy")).values, { found: 6, wanted: 6 });
    equal((await figure("content_policy")).passed, true);
    // Two days without a look show nothing any more.
    setOffset("P2DT1H");
    equal((await figure("tls")).passed, false);
    setOffset(undefined);
    headers = new Headers(headers);
    headers.set("Content-Security-Policy", "default-src 'self'; script-src 'unsafe-inline'");
    await lookAround(config, owner, cert);
    deepEqual((await figure("content_policy")).values, { found: 5, wanted: 6 });
    equal((await figure("content_policy")).passed, false);
    // An authority that no browser knows, and a certificate that ends in days.
    await lookAround(config, owner);
    equal((await figure("tls")).passed, false);
    setOffset("P26D");
    await lookAround(config, owner, cert);
    equal((await figure("tls")).passed, false, "no time left to renew it");
    setOffset(undefined);
    await owner`delete from measure_looks`;
  } finally {
    setOffset(undefined);
    await server.shutdown();
  }
  await lookAround(config, owner, cert);
  equal((await figure("content_policy")).passed, false, "nobody answers");
  match(await text(await here.alice.get("/operator/measures")), /nicht erreicht: ECONNREFUSED/);
  const red = (await checkMeasures(here.test.db.app)).filter(({ passed }) => passed === false);
  ok(red.some(({ name }) => name === "tls"));
  await owner`delete from measure_looks`;
  await Deno.remove(dataDir, { recursive: true });
});

Deno.test("a passed rehearsal of a restore counts for 90 days, a failed one never (clause 7.1)", async () => {
  const { owner, app } = here.test.db;
  const note = async (passed: boolean) =>
    await owner`
      insert into backup_runs (id, kind, passed, took_ms, at)
      values (${newId()}, 'drill', ${passed}, 1, ${now()})
    `;
  const isRehearsed = async () =>
    (await checkMeasures(app)).find(({ name }) => name === "restore_drill")?.passed;
  // The first month needs none yet.
  setOffset("P40D");
  await note(false);
  equal(await isRehearsed(), false);
  await note(true);
  equal(await isRehearsed(), true);
  setOffset("P129D");
  equal(await isRehearsed(), true);
  setOffset("P131D");
  equal(await isRehearsed(), false);
  setOffset(undefined);
});

Deno.test("stored files are checked on disk: one that is not encrypted is found", async () => {
  const { owner } = here.test.db;
  const dataDir = await Deno.makeTempDir();
  const config = { baseUrl: "http://127.0.0.1:9", dataDir, appEnv: "development" as const };
  const folder = join(dataDir, "files", "record", crypto.randomUUID());
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, "a"), "kcrm\x02 and what follows");
  await lookAround(config, owner);
  deepEqual((await figure("file_encryption")).values, { files: 1, open: 0 });
  equal((await figure("file_encryption")).passed, true);
  await Deno.writeTextFile(join(folder, "b"), "%PDF-1.7 open for all to read");
  await lookAround(config, owner);
  deepEqual((await figure("file_encryption")).values, { files: 2, open: 1 });
  equal((await figure("file_encryption")).passed, false);
  // A part on another disk is checked as well.
  await Deno.symlink(join(dataDir, "files", "record"), join(dataDir, "files", "elsewhere"));
  await lookAround(config, owner);
  deepEqual((await figure("file_encryption")).values, { files: 4, open: 2 });
  await owner`delete from measure_looks`;
  await Deno.remove(dataDir, { recursive: true });
});

Deno.test("files on another disk are backed up and searched as well", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(join(folder, "disk", "tenant"), { recursive: true });
  await Deno.writeTextFile(join(folder, "disk", "tenant", "a"), "what is in it");
  await Deno.mkdir(join(folder, "files"));
  await Deno.symlink(join(folder, "disk"), join(folder, "files", "record"));
  equal(await linkFiles(join(folder, "files"), join(folder, "copy")), 1);
  await Deno.remove(join(folder, "disk"), { recursive: true });
  equal(await Deno.readTextFile(join(folder, "copy", "record", "tenant", "a")), "what is in it");
  await Deno.symlink(join(folder, "copy"), join(folder, "files", "other"));
  const needle = Buffer.from("is in it");
  equal((await searchFolder(join(folder, "files"), [needle], Buffer.from("nowhere"))).hits, 1);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("the packages' days are those of the versions in use, and grow old", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(new URL("../deno.json", import.meta.url)));
  const used = Object.values<string>(imports).flatMap((from) => {
    const [, name, version] = /^npm:((?:@[^/]+\/)?[^@/]+)@([^/]+)/.exec(from) ?? [];
    return name ? [`${name} ${version}`] : [];
  });
  const listed = Object.entries(dependencies.list).map(([name, [version]]) => `${name} ${version}`);
  deepEqual(listed.sort(), [...new Set(used)].sort(), "run deno task vendor");
  const packages = { a: ["1.0.0", "2024-01-01"], b: ["2.0.0", "2026-06-01"] } as const;
  deepEqual(dependencies.look("2026-11-01", packages), {
    passed: true,
    values: { count: 2, oldest: "2024-01-01", newest: "2026-06-01" },
  });
  equal(dependencies.look("2026-12-01", packages).passed, false);
  equal(dependencies.look("2026-12-01", {}).passed, false);
});

Deno.test("what a page would load from elsewhere is detected; a link to click is not", () => {
  const own = "https://crm.example";
  const seen = (markup: string) => foreignReferences(markup, own);
  for (
    const markup of [
      `<img src="https://cdn.example/pixel.gif">`,
      `<IMG ALT="a > b" SRC='//cdn.example/pixel.gif'>`,
      `<script src=https://cdn.example/a.js></script>`,
      `<link rel="stylesheet" href="https://fonts.example/css">`,
      `<img srcset="/a.png 1x, https://cdn.example/b.png 2x">`,
      `<form action="https://elsewhere.example/take" method="post">`,
      `<button formaction="https://elsewhere.example/">`,
      `<div hx-get="https://elsewhere.example/part">`,
      `<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">`,
      `<p style="background: url(https://cdn.example/x.png)">`,
      `<style>@import "https://fonts.example/a.css";</style>`,
      `<style>b { background: url('//cdn.example/x.png') }</style>`,
      `<object data="https://cdn.example/a.svg">`,
      `<svg><use xlink:href="https://cdn.example/icons.svg#x"></use></svg>`,
      `<a href="/" ping="https://count.example/"><iframe src="https://a.example/"></iframe></a>`,
    ]
  ) equal(seen(markup).length, 1, markup);
  for (
    const markup of [
      `<a href="https://www.lda.bayern.de/beschwerde">Behörde</a>`,
      `<img src="/static/logo.svg">`,
      `<img src="https://crm.example/static/logo.svg">`,
      `<img src="data:image/png;base64,AA//BB==">`,
      `<p>https://cdn.example/only-named</p>`,
      `<input value="https://kunde.example/">`,
      `<meta name="description" content="https://kunde.example/">`,
      `<link rel="alternate" href="https://crm.example/feed">`,
    ]
  ) deepEqual(seen(markup), [], markup);
});

Deno.test("pages are looked at as they go out, by route and without anybody's data", async () => {
  const { alice, test } = here;
  await alice.get("/contacts");
  await alice.get("/operator/measures");
  const rows = await test.db.owner<{ route: string; foreignReferences: number }[]>`
    select route, foreign_references from page_looks order by route
  `;
  const routes = rows.map(({ route }) => route);
  for (const route of ["/contacts", "/operator/measures"]) ok(routes.includes(route), route);
  deepEqual(rows.filter((row) => row.foreignReferences > 0), []);
});

Deno.test("the page and its PDF show each figure with its day", async () => {
  const { alice } = here;
  const shown = await text(await alice.get("/operator/measures"));
  match(shown, /Was gemessen wurde/);
  match(shown, /\d+ fehlgeschlagene Anmeldungen in sieben Tagen, dazu \d+ gebremste gezählt/);
  match(shown, /Zugänge mit zweitem Faktor 0 von \d+ \(0 %\) gezählt \d\d\.\d\d\.\d{4}/);
  match(shown, /\d+ Bausteine, der älteste vom \d\d\.\d\d\.\d{4}, der neueste vom/);
  match(shown, /\d+ Tabellen getrennt in Kraft/);
  const pdf = await alice.get("/operator/measures.pdf");
  equal(pdf.headers.get("Content-Type"), "application/pdf");
  match(await text(await alice.get("/operator/measures?lang=en")), /\d+/);
});

Deno.test("a policy that lets rows of any tenant pass is detected beside all the others (clauses 3.1, 7.1)", async () => {
  const { db } = here.test;
  const separated = async () =>
    (await checkMeasures(db.app)).find(({ name }) => name === "row_level_security")!.passed;
  equal(await separated(), true);
  await db.owner`create policy everybody on emails for select using (true)`;
  try {
    equal(await separated(), false);
  } finally {
    await db.owner`drop policy everybody on emails`;
  }
  equal(await separated(), true);
});
