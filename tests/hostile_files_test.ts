/** Files that must not be accepted, or not under their type: refused with a reason, nothing kept. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { now } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import { newId } from "../db/ids.ts";
import { cleanName, endingOf } from "../db/file_names.ts";
import { recognise } from "../db/file_types.ts";
import { errors } from "./support/app.ts";
import { type Cast, cast } from "./support/cast.ts";
import { fileOf, pdf, put, send, stored } from "./support/files.ts";
import { idOf, text } from "./support/html.ts";
import { eicar, fakeScanner } from "./support/scanner.ts";

const all = await cast();
const { alice, test } = all;
const company = `/companies/${idOf(await alice.post("/companies/new", { name: "Röder GmbH" }))}`;
const bytes = (...numbers: number[]) => new Uint8Array(numbers);

async function count({ test, alice }: Cast = all): Promise<number> {
  const [row] = await test.db.owner<{ n: number }[]>`
    select count(*)::int as n from files where tenant_id = ${alice.tenantId}
  `;
  equal(stored(test, alice.tenantId).length, row!.n, "as many objects as rows");
  return row!.n;
}

async function refused(file: File): Promise<string> {
  const before = await count();
  const answer = await send(alice, company, [file]);
  equal(answer.status, 422);
  equal(await count(), before);
  return await text(answer);
}

const exe = new Uint8Array(600);
exe.set([0x4d, 0x5a, 0x90, 0x00]);

Deno.test("programs are refused by their bytes and by their ending", async () => {
  const elf = bytes(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  for (
    const file of [
      fileOf(exe, "setup.exe"),
      fileOf(exe, "Rechnung.pdf"),
      fileOf(exe, "ohne Endung"),
      fileOf(elf, "lauf"),
      fileOf("wscript.echo 1", "Rechnung.pdf.vbs"),
      fileOf("@echo off", "start.BAT "),
      fileOf("[InternetShortcut]\nURL=http://x.example", "bank.url"),
    ]
  ) match(await refused(file), /Programme werden nicht angenommen/, file.name);
});

Deno.test("what is not what its name says is refused, what a name does not promise is not", async () => {
  for (const name of ["Vertrag.pdf", "Liste.xlsx", "foto.JPG", "Brief.docx", "film.mp4"]) {
    match(await refused(fileOf("<html>nur ein Text</html>", name)), /passt nicht zur Endung/, name);
  }
  match(await refused(fileOf(randomBytes(5_000), "notiz.txt")), /passt nicht zur Endung/);
  // A picture of another kind, a table that is a web page, a word that begins like a program.
  const jpeg = bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0);
  await put(alice, company, fileOf(jpeg, "bild.png"));
  await put(alice, company, fileOf("<table><tr><td>1</td></tr></table>", "alt.xls"));
  await put(alice, company, fileOf("MZ ist ein Kürzel", "kuerzel.txt"));
  await put(alice, company, fileOf(randomBytes(5_000), "anlage.dwg"));
});

Deno.test("a name is text: no path, no control characters, no reversed direction, bounded length", async () => {
  const names: [string, string][] = [
    ["../../../etc/passwd", "passwd"],
    ["C:\\Windows\\System32\\drivers.txt", "drivers.txt"],
    ["/absolute/weg.pdf", "weg.pdf"],
    ["..", "?"],
    ["", "?"],
    [" \u0000\u0007 ", "?"],
    ["a\r\nSet-Cookie: x=1.txt", "aSet-Cookie: x=1.txt"],
    ["Rechnung\u202efdp.exe", "Rechnungfdp.exe"],
    ["\u200b\ufeffleer\u2028.txt", "leer.txt"],
    ["\ud800halb.txt", "halb.txt"],
    ["u\u0308ber.txt", "über.txt"],
    [`${"lang".repeat(200)}.pdf`, `${"lang".repeat(49)}.pdf`],
    [`.${"x".repeat(500)}`, `.${"x".repeat(199)}`],
  ];
  for (const [sent, kept] of names) equal(cleanName(sent), kept);
  equal(endingOf("a.tar.GZ"), "gz");
  equal(endingOf("x.exe. . "), "exe");
  const id = await put(alice, company, fileOf(pdf(), "../../keys/secret_key\r\nX: 1.pdf"));
  const answer = await alice.get(`/files/${id}`);
  equal(await answer.text(), pdf());
  match(answer.headers.get("Content-Disposition")!, /^attachment; filename="[^"\r\n/\\]+"$/);
  const [row] = await test.db.owner`select name from files where id = ${id}`;
  equal(/[/\\\r\n]/.test(row!.name as string), false);
});

Deno.test("good files stay where others are refused, each with its reason", async () => {
  const before = await count();
  const answer = await send(alice, company, [
    fileOf("", "leer.txt"),
    fileOf(pdf("gut"), "gut.pdf"),
    fileOf(exe, "böse.exe"),
    fileOf("nur Text", "falsch.pdf"),
    fileOf("auch gut", "gut.txt"),
  ]);
  equal(answer.status, 422);
  const page = await text(answer);
  match(page, /3 Dateien wurden nicht gespeichert/);
  match(page, /leer\.txt : Die Datei ist leer/);
  match(page, /böse\.exe : Programme/);
  match(page, /falsch\.pdf : Der Inhalt passt nicht/);
  match(page, /2 Dateien gespeichert/);
  equal(await count(), before + 2);
});

Deno.test("no file, too many files, too large a file: refused beside the field", async () => {
  const before = await count();
  const none = await alice.post(`${company}/files`, { files: new File([], "") });
  equal(none.status, 422);
  match(await none.text(), /id="f-files-error">Wählen Sie eine Datei aus\./);
  const many = Array.from({ length: 22 }, (_, n) => fileOf(pdf(), `${n}.pdf`));
  const some = await send(alice, company, many);
  equal(some.status, 422);
  match(await text(some), /Höchstens 20\./);
  equal(await count(), before + 20);
  const large = new Uint8Array(50_000_001);
  large.set(new TextEncoder().encode(pdf()));
  const answer = await send(alice, company, [
    fileOf(large, "groß.pdf"),
    fileOf(pdf(), "klein.pdf"),
  ]);
  equal(answer.status, 422);
  match(await text(answer), /groß\.pdf : Größer als 50 MB\./);
  equal(await count(), before + 21);
});

/** A form of parts as bytes; `parts` may break off. */
function form(parts: (string | Uint8Array)[], boundary = "x"): RequestInit {
  return {
    method: "POST",
    body: new Blob(parts as BlobPart[]),
    headers: {
      "Content-Type": `multipart/form-data; boundary=${boundary}`,
      "Sec-Fetch-Site": "same-origin",
    },
  };
}

const partHead = (name: string) =>
  `--x\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n` +
  `Content-Type: application/pdf\r\n\r\n`;

Deno.test("a form that breaks off, or is no form, is answered with 400 and leaves nothing", async () => {
  const before = await count();
  const broken = [
    form([partHead("a.pdf"), pdf(), randomBytes(200_000)]),
    form([partHead("a.pdf"), pdf(), "\r\n", partHead("b.pdf")]),
    form(["nur Worte"]),
    form([]),
    { ...form([]), headers: { "Content-Type": "text/plain", "Sec-Fetch-Site": "same-origin" } },
    {
      ...form([]),
      headers: { "Content-Type": "multipart/form-data", "Sec-Fetch-Site": "same-origin" },
    },
  ];
  for (const init of broken) {
    const answer = await alice.send(`${company}/files`, init);
    equal(answer.status, 400);
    await answer.body?.cancel();
  }
  // The first file of the second form was whole when the form broke off.
  ok(await count() <= before + 1);
});

Deno.test("a body that stops in the middle of a file leaves no bytes and no open file", async () => {
  const before = await count();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(new TextEncoder().encode(partHead("a.pdf") + pdf()));
      controller.enqueue(randomBytes(300_000));
      await new Promise((done) => setTimeout(done, 50));
      controller.error(new Error("connection reset"));
    },
  });
  const answer = await alice.send(`${company}/files`, { ...form([]), body });
  equal(answer.status, 400);
  equal(await count(), before);
});

Deno.test("an upload holds no connection while it arrives", async () => {
  let go = () => {};
  const waiting = new Promise<void>((done) => go = done);
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(new TextEncoder().encode(partHead("langsam.pdf") + pdf()));
      await waiting;
      controller.enqueue(new TextEncoder().encode("\r\n--x--\r\n"));
      controller.close();
    },
  });
  const answer = alice.send(`${company}/files`, { ...form([]), body });
  await new Promise((done) => setTimeout(done, 300));
  const [row] = await test.db.owner`
    select count(*)::int as n
    from pg_stat_activity
    where datname = current_database()
      and state like 'idle in transaction%'
  `;
  equal(row!.n, 0);
  go();
  equal((await answer).status, 303);
});

Deno.test("a form without end is cut off with 413", async () => {
  const before = await count();
  let sent = 0;
  const chunk = new Uint8Array(1024 * 1024);
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent++ === 0) controller.enqueue(new TextEncoder().encode(partHead("a.pdf") + pdf()));
      else controller.enqueue(chunk);
    },
  });
  const answer = await alice.send(`${company}/files`, { ...form([]), body });
  equal(answer.status, 413);
  ok(sent < 300, String(sent));
  equal(await count(), before);
});

Deno.test("unusual ids, fields and names of forms do no harm", async () => {
  const before = await count();
  const odd = ["nichts", "\u0000", newId().repeat(50), "../../x", company.split("/")[2]!];
  for (const id of odd) {
    const answer = await send(alice, company, [fileOf(pdf(id), "a.pdf")], { id });
    equal(answer.status, 303, id);
  }
  equal(await count(), before + odd.length);
  const answer = await alice.send(
    `${company}/files`,
    form([
      `--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n`,
      `--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n${pdf()}\r\n`,
      "--x--\r\n",
    ]),
  );
  equal(answer.status, 422);
  equal(await count(), before + odd.length);
});

Deno.test("a tenant's room is not exceeded, not even by two at once", async () => {
  const own = await cast();
  const home = `/companies/${idOf(await own.bob.post("/companies/new", { name: "Eng GmbH" }))}`;
  await own.test.db.owner`
    update tenants set file_quota = 100000 where id = ${own.alice.tenantId}
  `;
  const big = (n: number) => fileOf(pdf() + "x".repeat(60_000), `groß-${n}.pdf`);
  const answers = await Promise.all([1, 2, 3].map((n) => send(own.bob, home, [big(n)])));
  deepEqual(answers.map(({ status }) => status).sort(), [303, 422, 422]);
  const page = await text(answers.find(({ status }) => status === 422)!);
  match(page, /Speicherplatz Ihres Mandanten reicht dafür nicht mehr/);
  match(page, /Frei sind noch 40 kB von 100 kB/);
  equal(await count(own), 1);
  await put(own.bob, home, fileOf(pdf() + "x".repeat(30_000), "passt.pdf"));
});

Deno.test("with a scanner, what it finds is refused and what it passes is stored unchanged", async () => {
  await using scanner = fakeScanner();
  await scanning({ host: "127.0.0.1", port: scanner.port }, async () => {
    const plain = randomBytes(700_000);
    const id = await put(alice, company, fileOf(plain, "anlage.bin"));
    const digest = (data: Uint8Array) => createHash("sha256").update(data).digest("hex");
    equal(digest(await (await alice.get(`/files/${id}`)).bytes()), digest(plain));
    equal(digest(scanner.seen[0]!), digest(plain));
    match(await refused(fileOf(`Grüße ${eicar}`, "virus.txt")), /Virenscanner hat .* gefunden/);
    // Nothing of a file that is refused before it is shown to anyone.
    await refused(fileOf(exe, "setup.exe"));
    equal(scanner.seen.length, 2);
  });
});

Deno.test("a scanner that is unavailable, hangs up or gives no verdict keeps every file out", async () => {
  const before = await count();
  const words = /Virenscanner ist gerade nicht erreichbar oder konnte die Datei nicht prüfen/;
  await using scanner = fakeScanner();
  await scanning({ host: "127.0.0.1", port: scanner.port }, async () => {
    for (const manner of ["rude", "limited", "babbling"] as const) {
      scanner.manner = manner;
      match(await refused(fileOf(pdf() + "x".repeat(300_000), "a.pdf")), words, manner);
    }
  });
  const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  closed.close();
  await scanning({ host: "127.0.0.1", port: closed.addr.port }, async () => {
    match(await refused(fileOf(pdf(), "a.pdf")), words);
  });
  await scanning({ path: "/nowhere/clamd.ctl" }, async () => {
    match(await refused(fileOf(pdf(), "a.pdf")), words);
    const letter = { recipient: "", subject: "Termin", body: "Lange getippt" };
    const answer = await alice.post(`/letters/new?company=${company.split("/")[2]}`, {
      ...letter,
      _next: "keep",
    });
    equal(answer.status, 422);
    const page = await text(answer);
    match(page, words);
    match(page, /Lange getippt/);
  });
  equal(await count(), before);
  deepEqual(errors, []);
});

Deno.test("a scanner may be reached by a socket of the machine", async () => {
  const path = `${test.services.config.dataDir}/clamd.ctl`;
  await using scanner = fakeScanner(path);
  await scanning({ path }, async () => {
    await put(alice, company, fileOf(pdf("Socket"), "a.pdf"));
    match(await refused(fileOf(eicar, "virus.txt")), /Virenscanner hat/);
  });
  equal(scanner.seen.length, 2);
});

Deno.test("whatever bytes a file begins with, its type is found in bounded time", async () => {
  const from = now().getTime();
  for (let n = 0; n < 300; n++) {
    const head = randomBytes(4100);
    const starts = [
      "PK\x03\x04",
      "%PDF",
      "\x1f\x8b",
      "II*\x00",
      "ID3",
      "RIFF",
      "\x00\x00\x00\x18ftyp",
    ];
    head.write(starts[n % starts.length]!, "latin1");
    await recognise(head, "x");
  }
  ok(now().getTime() - from < 10_000);
});

/** With this scanner for as long as the work takes. */
async function scanning(at: Config["clamavSocket"], work: () => Promise<void>): Promise<void> {
  const services = test.services as { config: Config };
  const before = services.config;
  services.config = { ...before, clamavSocket: at };
  await work().finally(() => services.config = before);
}
