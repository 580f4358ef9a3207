/** Files attached to mails: stored encrypted, and never dangerous ones. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { pause } from "../db/clock.ts";
import { openPool } from "../db/pool.ts";
import { localStorage, type Storage } from "../db/storage.ts";
import * as vault from "../db/vault.ts";
import { cast, type Person } from "./support/cast.ts";
import { text } from "./support/html.ts";
import { arrive, contact, letter } from "./support/letters.ts";
import { eicar, fakeScanner } from "./support/scanner.ts";

const mia = "Mia Muster <mia@muster.example>";
const pdf = Buffer.from("%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");

interface Attached {
  name: string;
  bytes: Uint8Array;
  cid?: string;
}

/** A mail with files. */
function withFiles(files: readonly Attached[], html = ""): Uint8Array {
  const parts = files.map(({ name, bytes, cid }) =>
    [
      "--b",
      `Content-Type: application/octet-stream; name="${name}"`,
      `Content-Disposition: ${cid ? "inline" : "attachment"}; filename="${name}"`,
      "Content-Transfer-Encoding: base64",
      ...cid ? [`Content-ID: <${cid}>`] : [],
      "",
      Buffer.from(bytes).toString("base64"),
    ].join("\r\n")
  );
  const body = html
    ? `--b\r\nContent-Type: text/html\r\n\r\n${html}`
    : "--b\r\nContent-Type: text/plain\r\n\r\nAnbei.";
  return letter({
    from: mia,
    to: "wir@haus.example",
    fields: ["Content-Type: multipart/related; boundary=b"],
    text: [body, ...parts, "--b--"].join("\r\n"),
  });
}

async function filesOf({ test, tenantId }: Person, messageId: string | null) {
  return await test.db.owner<
    { id: string; name: string; mediaType: string; size: string; objectId: string }[]
  >`
    select id, name, media_type, size, object_id
    from files
    where tenant_id = ${tenantId}
      and message_id = ${messageId}
    order by id
  `;
}

Deno.test("a mail's files are stored encrypted and only downloaded as attachments", async () => {
  const { alice, bob, charlie, test } = await cast();
  await contact(alice, "Muster", "mia@muster.example");
  const raw = withFiles([
    { name: "Angebot.pdf", bytes: pdf },
    { name: "Notiz.txt", bytes: Buffer.from("Grüße aus Husum") },
  ]);
  const { messageId } = await arrive(alice, raw);
  const files = await filesOf(alice, messageId);
  deepEqual(files.map(({ name, mediaType }) => [name, mediaType]), [
    ["Angebot.pdf", "application/pdf"],
    ["Notiz.txt", "text/plain"],
  ]);
  const { dataDir } = test.services.config;
  const path = `${dataDir}/files/records/${alice.tenantId}/${files[1]!.objectId}`;
  ok(!Buffer.from(await Deno.readFile(path)).includes("Husum"));
  const page = await (await alice.get(`/messages/${messageId}`)).text();
  match(page, new RegExp(`<a href="/files/${files[0]!.id}" download`));
  const answer = await bob.get(`/files/${files[1]!.id}`);
  equal(await answer.text(), "Grüße aus Husum");
  match(answer.headers.get("Content-Disposition")!, /^attachment;/);
  equal((await charlie.get(`/files/${files[1]!.id}`)).status, 404);
});

Deno.test("a file of a mail is seen by those who see the mail", async () => {
  const { alice, bob, test } = await cast();
  const { messageId } = await arrive(
    alice,
    withFiles([{ name: "a.txt", bytes: Buffer.from("x") }]),
  );
  const [file] = await filesOf(alice, messageId);
  equal((await alice.get(`/files/${file!.id}`)).status, 200);
  equal((await bob.get(`/files/${file!.id}`)).status, 404);
  const id = await contact(alice, "Muster", "mia@muster.example");
  const second = await arrive(alice, withFiles([{ name: "b.txt", bytes: Buffer.from("x") }]));
  const [other] = await filesOf(alice, second.messageId);
  equal((await bob.get(`/files/${other!.id}`)).status, 200);
  await test.db.owner`update contacts set restricted_at = now() where id = ${id}`;
  for (const person of [alice, bob]) equal((await person.get(`/files/${other!.id}`)).status, 404);
});

Deno.test("programs are not accepted, and the page says that something is missing", async () => {
  const { alice } = await cast();
  const { messageId } = await arrive(
    alice,
    withFiles([
      { name: "Rechnung.exe", bytes: Buffer.from("MZ\x90\x00") },
      { name: "Rechnung.pdf.js", bytes: Buffer.from("alert(1)") },
      { name: "Angebot.pdf", bytes: pdf },
      { name: "leer.txt", bytes: new Uint8Array() },
    ]),
  );
  deepEqual((await filesOf(alice, messageId)).map(({ name }) => name), ["Angebot.pdf"]);
  match(await text(await alice.get(`/messages/${messageId}`)), /Ein Anhang fehlt: Programme/);
});

Deno.test("infected files are not accepted; while the scanner is unavailable the mail waits", async () => {
  const { alice, test } = await cast();
  const scanner = fakeScanner();
  const store = {
    ...test.services.config,
    clamavSocket: { host: "127.0.0.1", port: scanner.port },
  };
  const raw = withFiles([{ name: "a.txt", bytes: Buffer.from(eicar) }, {
    name: "b.pdf",
    bytes: pdf,
  }]);
  const { messageId } = await arrive(alice, raw, { store });
  deepEqual((await filesOf(alice, messageId)).map(({ name }) => name), ["b.pdf"]);
  match(await text(await alice.get(`/messages/${messageId}`)), /verseuchte/);
  await scanner[Symbol.asyncDispose]();
  const waits = withFiles([{ name: "c.pdf", bytes: pdf }]);
  await rejects(arrive(alice, waits, { store }), { name: "ScannerAway" });
  const count = async () => {
    const [row] = await test.db
      .owner`select count(*)::int as n from messages where tenant_id = ${alice.tenantId}`;
    return row!.n as number;
  };
  equal(await count(), 1, "nothing half is kept");
  equal((await arrive(alice, waits)).outcome, "received");
  equal(await count(), 2);
});

Deno.test("when storage is full the mail is kept and shows that its files are missing", async () => {
  const { alice, test } = await cast();
  await test.db.owner`update tenants set file_quota = 100 where id = ${alice.tenantId}`;
  const { messageId } = await arrive(
    alice,
    withFiles([
      { name: "klein.txt", bytes: Buffer.from("x".repeat(60)) },
      { name: "groß.txt", bytes: Buffer.from("x".repeat(60)) },
    ]),
  );
  deepEqual((await filesOf(alice, messageId)).map(({ name }) => name), ["klein.txt"]);
  match(await text(await alice.get(`/messages/${messageId}`)), /kein Platz mehr/);
});

Deno.test("a small picture is shown within the text, a large one among the files", async () => {
  const { alice } = await cast();
  const png = Buffer.from("89504e470d0a1a0a", "hex");
  const chunk = (type: string, size: number) => {
    const bytes = Buffer.alloc(12 + size);
    bytes.writeUInt32BE(size);
    bytes.write(type, 4);
    return bytes;
  };
  const large = Buffer.concat([png, chunk("IHDR", 13), chunk("IDAT", 100_000)]);
  const raw = withFiles(
    [{ name: "logo.png", bytes: png, cid: "logo" }, {
      name: "foto.png",
      bytes: large,
      cid: "foto",
    }],
    `<p>Hallo <img src="cid:logo" alt="Logo"><img src="cid:foto" alt="Foto"></p>`,
  );
  const { messageId } = await arrive(alice, raw);
  const body = await (await alice.get(`/messages/${messageId}/body`)).text();
  match(body, /<img src="data:image\/png;base64,iVBORw0KGgo=" alt="Logo" \/>/);
  match(body, /\[Foto\]/);
  deepEqual((await filesOf(alice, messageId)).map(({ name }) => name), ["foto.png"]);
});

Deno.test("what could not be read completely has its original beside it", async () => {
  const { alice, test } = await cast();
  const raw = letter({
    from: mia,
    to: "wir@haus.example",
    fields: ["Content-Type: text/html"],
    text: "<b>".repeat(10_000),
  });
  const { messageId } = await arrive(alice, raw);
  const [file] = await filesOf(alice, messageId);
  equal(file!.name, "original.eml");
  const object = `records/${alice.tenantId}/${file!.objectId}`;
  const whole = await new Response(vault.open(test.services.config, object)).bytes();
  deepEqual(Buffer.from(whole), Buffer.from(raw));
  match(await text(await alice.get(`/messages/${messageId}`)), /Das Original liegt als Datei bei/);
});

Deno.test("a mail with more files than a transaction may idle for arrives", async () => {
  const { alice, test } = await cast();
  await contact(alice, "Muster", "mia@muster.example");
  const { config } = test.services;
  const local = localStorage(config.dataDir);
  const slow: Storage = {
    ...local,
    async put(name, bytes) {
      await pause(400);
      await local.put(name, bytes);
    },
  };
  const pool = openPool(test.db.appUrl, { max: 1, idleTimeout: 1_000 });
  const services = { ...test.services, pool };
  const receiver = { ...alice, test: { ...test, services } } as Person;
  try {
    const names = ["1.pdf", "2.pdf", "3.pdf", "4.pdf"];
    const raw = withFiles(names.map((name) => ({ name, bytes: pdf })));
    const { messageId } = await arrive(receiver, raw, { store: { ...config, storage: slow } });
    deepEqual((await filesOf(alice, messageId)).map(({ name }) => name), names);
  } finally {
    await pool.end();
  }
});
