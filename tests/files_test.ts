/** Files on records: in by a form, out as a download, gone with their record. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { newId } from "../db/ids.ts";
import type { JobName } from "../db/jobs.ts";
import { errors } from "./support/app.ts";
import { type Cast, cast, type Person } from "./support/cast.ts";
import { destroyAll } from "./support/data_keys.ts";
import { fileOf, pdf, put, send, stored } from "./support/files.ts";
import { idOf, text, values } from "./support/html.ts";
import { drain } from "./support/worker.ts";

/** A picture of one dot. */
const dot =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async function contact(who: Person, lastName = "Weißhaupt", more = {}): Promise<string> {
  const fields = { firstName: "Jonas", lastName, origin: "card", _anyway: "1", ...more };
  return `/contacts/${idOf(await who.post("/contacts/new", fields))}`;
}

const rows = ({ test, alice }: Cast) =>
  test.db.owner`
    select id, name, media_type, size::int as size, object_id, deleted_at, contact_id, company_id
    from files
    where tenant_id = ${alice.tenantId}
    order by id
  `;

Deno.test("several files are uploaded by one form and downloaded unchanged by everyone of the tenant", async () => {
  const all = await cast();
  const { alice, vera, test } = all;
  const home = await contact(alice);
  const photo = Uint8Array.fromBase64(dot);
  const answer = await send(alice, home, [
    fileOf(pdf(), "Angebot 2026.pdf"),
    fileOf(photo, "foto.png"),
    fileOf("Müller;Straße\n", "liste.csv"),
  ]);
  equal(answer.status, 303);
  equal(answer.headers.get("Location"), `${home}#files`);
  const page = await text(await alice.get(home));
  match(page, /3 Dateien gespeichert/);
  match(page, /Angebot 2026\.pdf PDF, 45 B, [0-9.]+ , Alice Ahrens/);
  match(page, /foto\.png Bild/);
  match(page, /liste\.csv Text/);

  const kept = await rows(all);
  deepEqual(kept.map(({ mediaType }) => mediaType), ["application/pdf", "image/png", "text/plain"]);
  equal(await (await vera.get(`/files/${kept[0]!.id}`)).text(), pdf());
  deepEqual(await (await vera.get(`/files/${kept[1]!.id}`)).bytes(), photo);

  const objects = stored(test, alice.tenantId);
  deepEqual(objects, kept.map(({ objectId }) => objectId).sort());
  for (const name of objects) {
    const path = `${test.services.config.dataDir}/files/records/${alice.tenantId}/${name}`;
    equal(Buffer.from(await Deno.readFile(path)).includes("PDF"), false);
  }
  const [history] = await test.db.owner`
    select action, fields, reason from changes where record_id = ${home.split("/")[2]!}
    order by at desc, id desc limit 1
  `;
  deepEqual(history, { action: "file_added", fields: [], reason: "" });
});

Deno.test("a file is fetched as a download that no browser shows, guesses at or runs", async () => {
  const { alice } = await cast();
  const home = await contact(alice);
  const html = "<html><script>alert(1)</script></html>";
  const id = await put(alice, home, fileOf(html, 'Über „uns“ "2026".html'));
  const answer = await alice.get(`/files/${id}`);
  const header = (name: string) => answer.headers.get(name);
  equal(header("Content-Type"), "text/plain");
  equal(
    header("Content-Disposition"),
    `attachment; filename="?ber ?uns? \\"2026\\".html"; filename*=UTF-8''` +
      "%C3%9Cber%20%E2%80%9Euns%E2%80%9C%20%222026%22.html",
  );
  equal(header("X-Content-Type-Options"), "nosniff");
  equal(header("Content-Security-Policy"), "sandbox; default-src 'none'");
  equal(header("Cross-Origin-Resource-Policy"), "same-origin");
  equal(header("Cache-Control"), "no-store");
  equal(header("Content-Length"), String(html.length));
  equal(await answer.text(), html);
  const head = await alice.send(`/files/${id}`, { method: "HEAD" });
  deepEqual([head.status, await head.text()], [200, ""]);
  equal(head.headers.get("Content-Length"), String(html.length));
  const page = await (await alice.get(home)).text();
  equal(/<(img|embed|object|iframe|video|audio)\b/.test(page), false);
});

Deno.test("files of another tenant are not found, and read-only users change nothing", async () => {
  const { alice, bob, vera, charlie, test } = await cast();
  const home = await contact(alice);
  const id = await put(alice, home, fileOf(pdf(), "a.pdf"));
  for (const path of [`/files/${id}`, `${home}/files`]) {
    equal((await charlie.get(path)).status, 404, path);
    equal((await vera.get(path)).status, 200, path);
  }
  equal((await charlie.post(`/files/${id}/deletion`)).status, 404);
  equal((await send(charlie, home, [fileOf(pdf(), "b.pdf")])).status, 404);
  equal((await send(vera, home, [fileOf(pdf(), "b.pdf")])).status, 403);
  equal((await vera.post(`/files/${id}/deletion`)).status, 403);
  equal((await charlie.post(`/trash/files/${id}/restoration`)).status, 404);
  equal(stored(test, charlie.tenantId).length, 0);
  equal(stored(test, alice.tenantId).length, 1);
  const page = await (await vera.get(home)).text();
  equal(/type="file"|\/deletion/.test(page), false);
  equal((await send(bob, home, [fileOf(pdf(), "b.pdf")])).status, 303);
});

Deno.test("sent twice, a form makes its files once; kept open, it takes others", async () => {
  const all = await cast();
  const { alice, test } = all;
  const home = await contact(alice);
  const [form = ""] = values(await (await alice.get(home)).text(), "id").slice(-1);
  const both = [fileOf(pdf("eins"), "eins.pdf"), fileOf(pdf("zwei"), "zwei.pdf")];
  await Promise.all([send(alice, home, both, { id: form }), send(alice, home, both, { id: form })]);
  equal((await send(alice, home, both, { id: form })).status, 303);
  deepEqual((await rows(all)).map(({ name }) => name).sort(), ["eins.pdf", "zwei.pdf"]);
  equal(stored(test, alice.tenantId).length, 2);
  await send(alice, home, [fileOf(pdf("drei"), "drei.pdf")], { id: form });
  equal((await rows(all)).length, 3);
  await send(all.bob, home, [fileOf(pdf("drei"), "drei.pdf")], { id: form });
  equal((await rows(all)).length, 4);
});

Deno.test("a file of the same name and size but of other contents is another file", async () => {
  const all = await cast();
  const { alice } = all;
  const home = await contact(alice);
  const [form = ""] = values(await (await alice.get(home)).text(), "id").slice(-1);
  for (const words of ["12 Euro", "21 Euro", "21 Euro"]) {
    const answer = await send(alice, home, [fileOf(words, "Preis.txt")], { id: form });
    equal(answer.status, 303);
  }
  equal((await rows(all)).length, 2);
});

Deno.test("many files are paged, and the record shows the newest", async () => {
  const { alice } = await cast();
  const home = await contact(alice);
  for (let n = 0; n < 3; n++) {
    const files = Array.from(
      { length: 18 },
      (_, i) => fileOf(pdf(`${n} ${i}`), `nr-${n}-${i}.pdf`),
    );
    equal((await send(alice, home, files)).status, 303);
  }
  const count = (html: string) => html.match(/class="files-about"/g)?.length;
  const panel = await (await alice.get(home)).text();
  equal(count(panel), 5);
  match(panel, new RegExp(`href="${home}/files"`));
  const first = await (await alice.get(`${home}/files`)).text();
  equal(count(first), 50);
  const next = /href="([^"]+\?after=[^"]+)"/.exec(first)![1]!;
  const second = await (await alice.get(next)).text();
  equal(count(second), 4);
  const back = /href="([^"]+\?before=[^"]+)"/.exec(second)![1]!;
  equal(count(await (await alice.get(back)).text()), 50);
});

Deno.test("a deleted file waits in the trash, can be restored, and is erased with its bytes", async () => {
  const all = await cast();
  const { alice, bob, test } = all;
  const home = await contact(alice);
  const id = await put(alice, home, fileOf(pdf(), "Angebot.pdf"));
  const answer = await bob.post(`/files/${id}/deletion`);
  equal(answer.headers.get("Location"), home);
  const page = await (await bob.get(home)).text();
  match(page, new RegExp(`action="/trash/files/${id}/restoration"`));
  equal(page.includes("Angebot.pdf"), false);
  equal((await bob.get(`/files/${id}`)).status, 404);
  match(await text(await bob.get("/trash")), /Angebot\.pdf Datei/);

  equal((await bob.post(`/trash/files/${id}/restoration`)).headers.get("Location"), home);
  equal((await bob.get(`/files/${id}`)).status, 200);
  equal((await bob.post(`/trash/files/${id}/restoration`)).status, 404);

  await bob.post(`/files/${id}/deletion`);
  await test.db.owner`update files set erase_after = now() - interval '1 day' where id = ${id}`;
  await age(all);
  await run(all, "erase_trash");
  equal((await rows(all)).length, 0);
  deepEqual(stored(test, alice.tenantId), []);
  match(await text(await alice.get(`${home}?timeline=changes`)), /Datei endgültig gelöscht/);
});

Deno.test("a restricted or trashed person's files are found nowhere", async () => {
  const all = await cast();
  const { alice, test } = all;
  const home = await contact(alice);
  const ids = [
    await put(alice, home, fileOf(pdf(), "Geheimakte.pdf")),
    await put(alice, home, fileOf(pdf(), "Altakte.pdf")),
  ];
  await alice.post(`/files/${ids[1]}/deletion`);
  const gone = async () => {
    for (const path of [`/files/${ids[0]}`, `${home}/files`]) {
      equal((await alice.get(path)).status, 404, path);
    }
    equal((await send(alice, home, [fileOf(pdf(), "b.pdf")])).status, 404);
    equal((await alice.post(`/files/${ids[0]}/deletion`)).status, 404);
    equal((await alice.post(`/trash/files/${ids[1]}/restoration`)).status, 404);
    equal((await (await alice.get("/trash")).text()).includes("akte.pdf"), false);
  };
  const id = home.split("/")[2]!;
  await test.db.owner`update contacts set restricted_at = now() where id = ${id}`;
  await gone();
  await test.db.owner`update contacts set restricted_at = null where id = ${id}`;
  equal((await alice.get(`/files/${ids[0]}`)).status, 200);
  await alice.post(`${home}/deletion`);
  await gone();
});

Deno.test("an erased person takes the files along, rows and bytes", async () => {
  const all = await cast();
  const { alice, test } = all;
  const [home, other] = [await contact(alice), await contact(alice, "Bleibt")];
  await put(alice, home, fileOf(pdf(), "geht.pdf"));
  await put(alice, other, fileOf(pdf(), "bleibt.pdf"));
  await alice.post(`${home}/deletion`);
  await test.db.owner`
    update contacts set erase_after = now() - interval '1 day' where id = ${home.split("/")[2]!}
  `;
  await age(all);
  await run(all, "erase_trash");
  const left = await rows(all);
  deepEqual(left.map(({ name }) => name), ["bleibt.pdf"]);
  deepEqual(stored(test, alice.tenantId), [left[0]!.objectId]);
});

Deno.test("the clean-up removes bytes without a row, but none of a running upload", async () => {
  const all = await cast();
  const { alice, charlie, test } = all;
  const home = await contact(alice);
  await put(alice, home, fileOf(pdf(), "a.pdf"));
  const folder = `${test.services.config.dataDir}/files/records/${alice.tenantId}`;
  const [object] = stored(test, alice.tenantId);
  const [stray, draft] = [newId(), `${newId()}.draft`];
  for (const name of [stray, draft]) {
    await Deno.copyFile(`${folder}/${object}`, `${folder}/${name}`);
  }
  const lost = `${test.services.config.dataDir}/files/records/${newId()}`;
  await Deno.mkdir(lost, { recursive: true });
  await Deno.copyFile(`${folder}/${object}`, `${lost}/${newId()}`);
  await run(all, "sweep_files");
  equal(stored(test, alice.tenantId).length, 3);
  await age(all);
  for (const { name } of Deno.readDirSync(lost)) await old(`${lost}/${name}`);
  await put(charlie, await contact(charlie), fileOf(pdf(), "b.pdf"));
  await run(all, "sweep_files");
  deepEqual(stored(test, alice.tenantId), [object]);
  deepEqual([...Deno.readDirSync(lost)], []);
  equal(stored(test, charlie.tenantId).length, 1);
});

Deno.test("where the key is destroyed the page says that the file is gone, for that tenant only", async () => {
  const { alice, charlie, test } = await cast();
  const home = await contact(alice);
  const hers = await put(alice, home, fileOf(pdf(), "a.pdf"));
  const his = await put(charlie, await contact(charlie), fileOf(pdf(), "b.pdf"));
  equal(await alice.scope((scope) => destroyAll(scope, test.services.config)), 1);
  const answer = await alice.get(`/files/${hers}`);
  equal(answer.status, 410);
  match(await text(answer), /lässt sich nicht mehr öffnen/);
  ok(errors.length > 0);
  errors.length = 0;
  equal((await charlie.get(`/files/${his}`)).status, 200);
  // What comes now gets a new key.
  const id = await put(alice, home, fileOf(pdf("neu"), "c.pdf"));
  equal(await (await alice.get(`/files/${id}`)).text(), pdf("neu"));
});

/** Makes all bytes of the tenant older than those that may be on their way. */
async function age({ test, alice }: Cast): Promise<void> {
  const folder = `${test.services.config.dataDir}/files/records/${alice.tenantId}`;
  for (const { name } of Deno.readDirSync(folder)) await old(`${folder}/${name}`);
}

const old = (path: string) => Deno.utime(path, new Date("2026-01-01"), new Date("2026-01-01"));

/** Runs a job as the timetable would, and those that it causes. */
async function run({ test }: Cast, job: JobName): Promise<void> {
  await test.queue.send(job, { tenantId: null });
  await drain(test);
}
