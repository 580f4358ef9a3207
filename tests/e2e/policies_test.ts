/** The policy's way in a browser: from its draft by the officer to everyone, and into force in time. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { newId } from "../../db/ids.ts";
import { keptSecret } from "../../db/kept_secrets.ts";
import { publicKeys, sign } from "../../db/signing_keys.ts";
import { Service } from "../runtime/service.ts";
import { crmOf } from "../support/commands.ts";
import { certified } from "../support/erasures.ts";
import { type Mailbox, mailbox } from "../support/mailbox.ts";
import { admin, phone, Product, startProduct } from "../support/server.ts";

const officer = "dsb@luettfeld.example";

const press = (page: Page, name: string) =>
  page.getByRole("main").getByRole("button", { name, exact: true }).click();

/** The newest mail about the policy to somebody that was not there before. */
async function newest(box: Mailbox, to: string, seen: number): Promise<string> {
  for (const end = performance.now() + 20_000;;) {
    const mails = box.mails.filter(({ subject }, at) =>
      subject!.includes("Datenschutzerklärung") && box.envelopes[at]!.includes(to)
    );
    if (mails.length > seen) return mails.at(-1)!.text!;
    assert.ok(performance.now() < end, `no mail to ${to}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

Deno.test("a policy goes from its draft to everyone, and into force when its day has come", async () => {
  const box = await mailbox();
  const env = {
    SMTP_URL: box.smtpUrl.replace("127.0.0.1", "localhost"),
    MAIL_FROM: "Haus <crm@haus.example>",
    WEB_PROCESSES: "1",
  };
  let product = await (await startProduct(env)).setUp();
  const { dataDir, port } = product.service;
  try {
    let page = await product.openSignedIn("/operator/provider");
    await page.locator('[name="provider.land"]').selectOption("HH");
    await page.locator('[name="provider.representedBy"]').fill("Henrike Lüttfeld");
    await page.locator('[name="provider.registerEntry"]').fill("Amtsgericht Hamburg, HRB 1");
    await page.locator("form", { has: page.locator('[name="provider.land"]') })
      .getByRole("button", { name: "Speichern", exact: true }).click();
    await page.getByText("Die Angaben sind gespeichert").waitFor();

    await approve(page, product, box, 0);
    await press(page, "Bekannt machen");
    await newest(box, admin.email, 0);
    await crmOf(dataDir, env, "job", "enforce_policy");
    await page.goto(`${product.url}/privacy`);
    await page.getByText("Fassung 1, in Kraft seit").waitFor();

    // The second one changes a sentence, and everyone has thirty days.
    await approve(page, product, box, 1, async () => {
      await page.getByLabel("Wesentliche Änderung").check();
      await page.getByLabel("Grund", { exact: true }).fill("Neue Maßnahmen");
      await page.locator("summary", { hasText: /^7\.2 / }).click();
      await page.locator('[name="texts.c7_2.de"]').fill("Wir verbessern uns jede Woche.");
    });
    await press(page, "Bekannt machen");
    assert.match(await newest(box, admin.email, 1), /Neue Maßnahmen/);
    await page.goto(`${product.url}/privacy/versions/2/changes`);
    await page.getByText("jede Woche").first().waitFor();
    await page.goto(`${product.url}/contacts`);
    await page.getByText("Die Datenschutzerklärung ändert sich.").waitFor();
    await page.getByRole("button", { name: "Gelesen" }).click();
    await crmOf(dataDir, env, "job", "enforce_policy");
    await page.goto(`${product.url}/privacy`);
    await page.getByText("Fassung 1, in Kraft seit").waitFor();

    const later = { ...env, CLOCK_OFFSET: "P31D" };
    await product.service.stop();
    const service = await new Service(dataDir, port, later).ready();
    product = new Product(service, product.browser);
    await crmOf(dataDir, later, "job", "enforce_policy");
    page = await product.open("/privacy", { ...phone, javaScriptEnabled: false });
    await page.getByText("Fassung 2, in Kraft seit").waitFor();
    await page.getByText("Wir verbessern uns jede Woche.").waitFor();
    await page.goto(`${product.url}/privacy/versions/1`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await checkOffline(product);
    assert.deepEqual(product.complaints, []);
  } finally {
    await product[Symbol.asyncDispose]();
    await box.close();
  }
});

/** What the installation's key signed is checked by the page itself where there is no connection. */
async function checkOffline(product: Product): Promise<void> {
  const secret = keptSecret(product.service.dataDir, "secret_key");
  const file = async (by: string, content = certified(newId(), "DS-7K4Q-2M")) => ({
    certificate: content,
    signature: await sign(by, content),
    key: { kty: "OKP", crv: "Ed25519", x: (await publicKeys(by))[0]!.x },
  });
  const own = await file(secret);
  const { certificate: { reference: _, ...rest } } = own;
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const other = letters[letters.indexOf(own.signature.at(-1)!) ^ 1]!;
  const cases: [unknown, RegExp][] = [
    [own, /ist echt und unverändert/],
    [{ ...own, certificate: { ...own.certificate, reference: "DS-0000-00" } }, /ist nicht echt/],
    // The order of names means nothing, a changed word does.
    [{ ...own, certificate: { reference: own.certificate.reference, ...rest } }, /ist echt/],
    [{ ...own, key: (await file(btoa("x".repeat(32)))).key }, /ist nicht echt/],
    [await file(btoa("y".repeat(32))), /nicht zu dieser Installation/],
    [{ certificate: own.certificate }, /keine Bescheinigung/],
    // Another last letter with the same bytes, and a word that nobody signed.
    [{ ...own, signature: own.signature.replace(/.$/, other) }, /ist nicht echt/],
    [{ ...own, note: "Alle Sicherungen sind leer." }, /keine Bescheinigung/],
  ];
  const page = await product.open("/certificates/verification");
  // What the page loads late, it loads while there is a connection.
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  for (const [source, verdict] of cases) {
    await page.getByLabel("Inhalt der Bescheinigung").fill(JSON.stringify(source));
    await press(page, "Prüfen");
    await page.getByRole("alert").filter({ hasText: verdict }).waitFor();
  }
  await page.context().close();
}

/** Begins a version, words it, and has the officer approve it by the button behind the mail's link. */
async function approve(
  page: Page,
  product: Product,
  box: Mailbox,
  seen: number,
  word = async () => {},
): Promise<void> {
  await page.goto(`${product.url}/operator/policy`);
  await press(page, "Neue Fassung beginnen");
  await page.getByText("Die Fassung ist begonnen.").waitFor();
  await word();
  await press(page, "Speichern");
  await press(page, "Zur Freigabe geben");
  const link = /http\S+\/policy-approvals\/\S+/.exec(await newest(box, officer, seen))![0];
  const desk = await product.open(new URL(link).pathname);
  await desk.getByLabel("Ich habe die Fassung gelesen").check();
  await desk.getByRole("button", { name: "Freigeben", exact: true }).click();
  await desk.getByText("Die Fassung ist freigegeben.").waitFor();
  await desk.context().close();
  await page.reload();
}
