/** Attachments of a mail: added to a draft, sent with it, and never changed after that. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { cast, type Person } from "./support/cast.ts";
import { fileOf, pdf, stored as objects } from "./support/files.ts";
import { text } from "./support/html.ts";
import { mailbox } from "./support/mailbox.ts";
import { draft, emptyQueue, send, stored } from "./support/messages.ts";
import { drain } from "./support/worker.ts";

const attach = async (person: Person, mail: string, ...files: File[]) => {
  let status = 0;
  for (const file of files) {
    const answer = await person.post(`/messages/${mail}/files`, { files: file });
    status = answer.status;
    await answer.body?.cancel();
  }
  return status;
};

Deno.test("a file goes with the mail, under its name, byte by byte", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  const first = await alice.post("/messages/new", {
    id: "01a21640-0000-7000-8000-000000000001",
    to: "",
    subject: "Mit Anhang",
    body: "Anbei.",
    _next: "files",
  });
  equal(
    first.headers.get("Location"),
    "/messages/01a21640-0000-7000-8000-000000000001/files",
    "what was typed is kept on the way to the files",
  );
  const id = first.headers.get("Location")!.split("/")[2]!;
  const name = "Angebot für Müller & Söhne.pdf";
  equal(await attach(alice, id, fileOf(pdf("Größe"), name)), 303);
  const form = await alice.open(`/messages/${id}`);
  match(await text(form), /Anhänge: Angebot für Müller & Söhne\.pdf/);
  await alice.post(`/messages/${id}/edit`, {
    to: "a@example.org",
    subject: "Mit Anhang",
    body: "Anbei.",
  });
  match(await text(await alice.get(`/messages/${id}/preview`)), /Müller & Söhne\.pdf/);
  await alice.post(`/messages/${id}/dispatch`);
  await drain(test, { smtpUrl: box.smtpUrl });
  const [attachment] = box.mails[0]!.attachments;
  equal(attachment!.filename, name);
  equal(attachment!.contentType, "application/pdf");
  equal(attachment!.content.toString(), pdf("Größe"));
  equal(box.mails[0]!.attachments.length, 1);
  await box.close();
});

Deno.test("only a draft's author adds files, and nobody once it is sent", async () => {
  const { alice, bob, charlie, vera } = await cast();
  const id = await draft(alice);
  for (const [person, status] of [[bob, 404], [charlie, 404], [vera, 403]] as const) {
    equal(await attach(person, id, fileOf(pdf(), "x.pdf")), status);
    ok((await person.get(`/messages/${id}/files`)).status === 404, "nor sees them");
  }
  equal(await attach(alice, id, fileOf(pdf(), "a.pdf")), 303);
  const [file] = await alice.test.db.owner`select id from files where message_id = ${id}`;
  await alice.post(`/messages/${id}/dispatch`);
  equal(await attach(alice, id, fileOf(pdf(), "b.pdf")), 404);
  equal((await alice.get(`/messages/${id}/files`)).headers.get("Location"), `/messages/${id}`);
  equal((await alice.post(`/files/${file!.id}/deletion`)).status, 404);
  equal((await alice.get(`/files/${file!.id}`)).status, 200);
  const rows = await alice.test.db.owner`
    select name
    from files
    where message_id = ${id}
      and deleted_at is null
  `;
  deepEqual(rows.map(({ name }) => name), ["a.pdf"]);
  equal(objects(alice.test, alice.tenantId).length, 1, "the refused one left no bytes");
});

Deno.test("a file that is taken off again does not go", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  const id = await draft(alice);
  await attach(alice, id, fileOf(pdf(), "a.pdf"));
  const [file] = await test.db.owner`select id from files where message_id = ${id}`;
  equal((await alice.post(`/files/${file!.id}/deletion`)).status, 303);
  await alice.post(`/messages/${id}/dispatch`);
  await drain(test, { smtpUrl: box.smtpUrl });
  equal(box.mails[0]!.attachments.length, 0);
  equal((await alice.post(`/trash/files/${file!.id}/restoration`)).status, 404);
  await box.close();
});

Deno.test("too much together is reported in the preview, and not sent", async () => {
  const { alice } = await cast();
  const id = await draft(alice);
  const half = new Uint8Array(8 * 1024 * 1024).fill(65);
  equal(await attach(alice, id, fileOf(half, "a.txt"), fileOf(half, "b.txt")), 303);
  match(await text(await alice.get(`/messages/${id}/preview`)), /zusammen zu groß/);
  equal((await alice.post(`/messages/${id}/dispatch`)).status, 422);
  equal((await stored(alice, id))!.state, "draft");
});

Deno.test("a file whose key is gone fails the mail in plain words", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  const id = await draft(alice);
  await attach(alice, id, fileOf(pdf(), "a.pdf"));
  const [object] = objects(test, alice.tenantId);
  await Deno.remove(`${test.services.config.dataDir}/files/records/${alice.tenantId}/${object}`);
  await alice.post(`/messages/${id}/dispatch`);
  await drain(test, { smtpUrl: box.smtpUrl });
  deepEqual([(await stored(alice, id))!.state, (await stored(alice, id))!.errorCode], [
    "failed",
    "files",
  ]);
  match(await text(await alice.get(`/messages/${id}`)), /Anhang lässt sich nicht mehr öffnen/);
  equal(box.mails.length, 0);
  await box.close();
});

Deno.test("a mail without files is sent without", async () => {
  const { test, alice } = await cast();
  await emptyQueue(alice);
  const box = await mailbox();
  await send(alice);
  await drain(test, { smtpUrl: box.smtpUrl });
  equal(box.mails[0]!.attachments.length, 0);
  await box.close();
});
