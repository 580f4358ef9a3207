/** Certificates of erasure: genuine ones are recognised, and anybody can detect a changed one. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { extractText } from "unpdf";
import * as checks from "../db/certificate_checks.ts";
import * as certificates from "../db/certificates.ts";
import { limits } from "../db/rate_limits.ts";
import { sign, signingKey } from "../db/signing_keys.ts";
import { pdf } from "../db/typst.ts";
import { certificateDocument } from "../views/documents.ts";
import { certificateData } from "../views/mail/certificates.ts";
import { Client } from "./support/app.ts";
import { cast, type Person } from "./support/cast.ts";
import { crm, file } from "./support/commands.ts";
import { secretKey } from "./support/db.ts";
import { statement } from "./support/erasures.ts";
import { text } from "./support/html.ts";

const otherSecret = btoa("another installation, 32 bytes!!");

async function issued(alice: Person): Promise<certificates.Certificate> {
  const { id } = await alice.scope((scope) =>
    certificates.issue(scope, secretKey, statement("DS-7K4Q-2M"))
  );
  return await alice.scope((scope) => certificates.find(scope, secretKey, id));
}

const known = async () => [(await signingKey(secretKey)).publicJwk];

Deno.test("a certificate is genuine until one word of it is changed", async () => {
  const { alice } = await cast();
  const certificate = await issued(alice);
  const found = await checks.check(JSON.stringify(certificate), await known());
  ok(found.genuine && found.known);
  equal(found.content.reference, "DS-7K4Q-2M");
  const changed = (more: object) =>
    checks.check(
      JSON.stringify({ ...certificate, certificate: { ...certificate.certificate, ...more } }),
      [],
    );
  const refused = { genuine: false, fault: "changed" };
  deepEqual(await changed({ reference: "DS-7K4Q-2N" }), refused);
  deepEqual(await changed({ note: "more" }), refused);
  deepEqual(await changed({ kept: [] }), refused);
  const { publicJwk: key } = await signingKey(otherSecret);
  deepEqual(await checks.check(JSON.stringify({ ...certificate, key }), []), refused);
  const foreign = await checks.check(
    JSON.stringify({
      ...certificate,
      key,
      signature: await sign(otherSecret, certificate.certificate),
    }),
    await known(),
  );
  ok(foreign.genuine && !foreign.known);
  const [head, payload] = certificate.signature.split(".");
  const none = btoa(JSON.stringify({ alg: "none" })).replace(/=+$/, "");
  for (const signature of ["", `${head}.${payload}.`, `${none}.${payload}.`]) {
    deepEqual(await checks.check(JSON.stringify({ ...certificate, signature }), []), refused);
  }
  for (const junk of ["", "[]", "null", "{", '{"certificate":{}}', "\0"]) {
    deepEqual(await checks.check(junk, []), { genuine: false, fault: "unreadable" });
  }
});

Deno.test("no byte of a certificate as it is downloaded can be another", async () => {
  const { alice, visitor } = await cast();
  const { certificate: { id } } = await issued(alice);
  const file = await (await alice.get(`/settings/certificates/${id}.json`)).text();
  const keys = await known();
  const check = async (at: number, letter: string) =>
    (await checks.check(file.slice(0, at) + letter + file.slice(at + 1), keys)).genuine;
  ok(await check(0, file[0]!));
  const passed = [];
  for (let at = 0; at < file.length; at++) {
    if (await check(at, String.fromCharCode(file.charCodeAt(at) ^ 1))) passed.push(at);
  }
  deepEqual(passed, []);
  const { signature } = JSON.parse(file) as certificates.Certificate;
  const last = file.indexOf(signature) + signature.length - 1;
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (const letter of letters) equal(await check(last, letter), letter === file[last], letter);
  const other = letters[letters.indexOf(file[last]!) ^ 1]!;
  const changed = file.slice(0, last) + other + file.slice(last + 1);
  const upload = new File([changed], "certificate.json", { type: "application/json" });
  const page = "/certificates/verification";
  const answer = await visitor.post(page, { file: upload, text: "" });
  equal(answer.status, 422);
  match(await text(answer), /nicht echt/);
  const beside = JSON.stringify({ ...JSON.parse(file), note: "Alle Sicherungen sind leer." });
  equal((await visitor.post(page, { text: beside })).status, 422);
});

Deno.test("nothing is certified that was found again, or looked for in vain", async () => {
  const { alice } = await cast();
  const { search } = statement("");
  const issue = (more: object) =>
    alice.scope((scope) =>
      certificates.issue(scope, secretKey, {
        ...statement("DS-7K4Q-2M"),
        search: { ...search, ...more },
      })
    );
  await rejects(issue({ after: 1 }), TypeError);
  await rejects(issue({ control: { planted: 3, found: 2 } }), TypeError);
  await rejects(issue({ control: { planted: 0, found: 0 } }), TypeError);
});

Deno.test("anybody checks a certificate by text or file, in German and English", async () => {
  const { alice, visitor, test } = await cast();
  const certificate = JSON.stringify(await issued(alice));
  const page = "/certificates/verification";
  match(await text(await visitor.get(page)), /Bescheinigung prüfen/);
  const pasted = await visitor.post(page, { text: certificate });
  equal(pasted.status, 200);
  const words = await text(pasted);
  match(words, /ist echt und unverändert/);
  match(words, /DS-7K4Q-2M/);
  match(words, /3 von 3 ausgelegten Spuren/);
  const english = new Client(test, { "Accept-Language": "en" });
  const upload = new File([certificate], "certificate.json", { type: "application/json" });
  match(await text(await english.post(page, { file: upload, text: "" })), /genuine and unchanged/);
  const forged = certificate.replace("DS-7K4Q-2M", "DS-7K4Q-2N");
  const refused = await visitor.post(page, { text: forged });
  equal(refused.status, 422);
  match(await text(refused), /nicht echt/);
  for (const source of ["", "\0", "[]", "x".repeat(300_000)]) {
    equal((await visitor.post(page, { text: source })).status, 422);
  }
});

Deno.test("with the PDF alone the block at its end can be checked (Art. 17, 5(2))", async () => {
  const { alice, visitor } = await cast();
  const { signature } = await issued(alice);
  const lines = signature.match(/.{1,90}/g)!.join("\n  ");
  const page = "/certificates/verification";
  const pasted = await visitor.post(page, { text: `\n${lines}\n` });
  equal(pasted.status, 200);
  match(await text(pasted), /ist echt und unverändert.*DS-7K4Q-2M/);
  const [head, payload, seal] = signature.split(".");
  const other = payload!.replace(/.$/, (last) => last === "A" ? "B" : "A");
  for (
    const forged of [
      `${head}.${other}.${seal}`,
      `${head}.${payload}.${seal!.slice(0, -4)}AAAA`,
      `${head}.${payload}.`,
      `${head}.${payload}`,
      `.${payload}.${seal}`,
      "a.b.c",
      ". .",
    ]
  ) {
    equal((await visitor.post(page, { text: forged })).status, 422, forged.slice(-20));
    ok(!(await checks.check(forged, await known())).genuine);
  }
  const strange = await sign(otherSecret, (await issued(alice)).certificate);
  ok(!(await checks.check(strange, await known())).genuine, "by no key that is known here");
});

Deno.test("the block at the end of the PDF is complete, and its whole text can be pasted", async () => {
  const { alice } = await cast();
  const { certificate } = await issued(alice);
  // So much is kept that the block runs over several pages.
  const [kept] = [Array(200).fill({ name: "letters", count: 1, basis: "§ 257 HGB", until: null })];
  const much = { ...certificate, kept };
  for (const content of [certificate, much]) {
    const signature = await sign(secretKey, content);
    const [key] = await known();
    const data = certificateData(
      "de",
      { certificate: content, signature, key: key! },
      "http://a.b",
    );
    const bytes = pdf(certificateDocument, data, { at: new Date(certificate.issuedAt) });
    const { text: words } = await extractText(bytes, { mergePages: true });
    const found = await checks.check(words, await known());
    ok(found.genuine && found.known, words.slice(-300));
    equal(found.content.kept.length, content.kept.length);
  }
});

Deno.test("the tenant downloads its certificate as JSON and PDF, another tenant cannot", async () => {
  const { alice, bob, charlie } = await cast();
  const { certificate: { id } } = await issued(alice);
  const json = await alice.get(`/settings/certificates/${id}.json`);
  ok((await checks.check(await json.text(), await known())).genuine);
  const pdf = await alice.get(`/settings/certificates/${id}.pdf`);
  match(pdf.headers.get("Content-Disposition")!, /DS-7K4Q-2M/);
  ok((await pdf.text()).startsWith("%PDF-1.7"));
  equal((await bob.get(`/settings/certificates/${id}.json`)).status, 403);
  equal((await charlie.get(`/settings/certificates/${id}.json`)).status, 404);
});

Deno.test("crm verify reports genuine, changed and unknown by its exit code", async () => {
  const { alice } = await cast();
  const certificate = JSON.stringify(await issued(alice));
  const good = await file("certificate.json", certificate);
  const genuine = await crm("verify", good);
  deepEqual([genuine.code, /^genuine\t/.test(genuine.out)], [0, true]);
  const bad = await file("changed.json", certificate.replace("DS-7K4Q-2M", "DS-7K4Q-2N"));
  equal((await crm("verify", bad)).code, 1);
  equal((await crm("verify", await file("junk.json", "[]"))).code, 1);
  const keys = await file("keys.json", JSON.stringify({ keys: [] }));
  equal((await crm("verify", good, "--keys", keys)).code, 3);
  const own = await file("own.json", JSON.stringify({ keys: await known() }));
  equal((await crm("verify", good, "--keys", own)).code, 0);
  equal((await crm("verify")).code, 2);
  equal((await crm("verify", "/nowhere.json")).code, 2);
});

Deno.test("checks of certificates are limited", async () => {
  const { visitor } = await cast();
  const page = "/certificates/verification";
  let status = 0;
  for (let n = 0; n <= limits.links.most && status !== 429; n++) {
    ({ status } = await visitor.post(page, { text: "[]" }));
  }
  equal(status, 429);
  equal((await visitor.get(page)).status, 200);
});
