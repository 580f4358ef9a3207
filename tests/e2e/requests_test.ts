/** A request by a phone without scripts: form, confirmation, the officer's mail, the staff's page. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import { crmOf } from "../support/commands.ts";
import { openTenant } from "../support/tenants.ts";
import type { Mailbox } from "../support/mailbox.ts";
import { phone } from "../support/server.ts";

const person = "petra@person.example";
const officer = "dsb@luettfeld.example";

/** The newest mail to somebody, once it has come. */
async function newest(box: Mailbox, of: (to: string[], subject: string) => boolean) {
  for (const end = performance.now() + 20_000;;) {
    const at = box.envelopes.findLastIndex((to, at) => of(to, box.mails[at]!.subject!));
    if (at >= 0) return box.mails[at]!;
    assert.ok(performance.now() < end, "no mail came");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const pathIn = (text: string, wanted: RegExp): string => wanted.exec(text)![1]!;

Deno.test("a request goes from the public form by phone to the officer's decision", async () => {
  const product = await openTenant();
  const { box, env } = product;
  try {
    const plain = { ...phone, javaScriptEnabled: false };
    const page = await product.open("/privacy/requests/new", plain);
    await page.getByLabel(/^Auskunft:/).check();
    await page.getByLabel("Name").fill("Petra Person");
    await page.getByLabel(/^E-Mail/).fill(person);
    await page.getByRole("button", { name: "Antrag absenden" }).click();
    await page.getByText("Antwort spätestens").waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 360, `${wide} px`);

    const receipt = await newest(box, (to) => to.includes(person));
    const number = /DS-\w{4}-\w{2}/.exec(receipt.subject!)![0];
    await page.goto(
      product.url + pathIn(receipt.text!, /(\/privacy\/requests\/\S+\/confirmations\/\S+)/),
    );
    await page.getByRole("button", { name: "Adresse bestätigen" }).click();
    await page.getByText("Ihre Adresse ist bestätigt.").waitFor();

    await crmOf(product.service.dataDir, env, "job", "write_officers");
    const letter = await newest(box, (to) => to.includes(officer));
    assert.ok(letter.subject!.includes(number) && !letter.text!.includes("Petra"));
    const code = /Code (\d{4})/.exec(letter.text!)![1]!;
    await page.goto(product.url + pathIn(letter.text!, /Freigeben:\s+https?:\/\/[^/]+(\S+)/));
    await page.getByText("Petra Person").waitFor();
    await page.getByLabel("Code aus der E-Mail").fill(code);
    await page.getByRole("button", { name: "Freigeben" }).click();
    await page.getByText("Die Ausführung beginnt").waitFor();

    // Carried out at once: the answer lies ready, and the case is closed.
    const ready = `${number}: Unsere Antwort liegt bereit (Auskunft)`;
    const answer = await newest(box, (to, subject) => to.includes(person) && subject === ready);
    const fetching = await product.open(
      pathIn(answer.text!, /https?:\/\/[^/]+(\/deliveries\/\S+)/),
    );
    await fetching.getByRole("button", { name: "Code per E-Mail anfordern" }).click();
    const isCode = (to: string[], subject: string) =>
      to.includes(person) && subject === `${number}: Ihr Code`;
    const mailed = await newest(box, isCode);
    const field = fetching.getByLabel(/^Code/);
    await field.fill("AAAA-AAAA");
    await fetching.getByRole("button", { name: "Antwort herunterladen" }).click();
    await fetching.locator(".error-summary").waitFor();
    await field.fill(pathIn(mailed.text!, /\b([A-Z0-9]{4}-[A-Z0-9]{4})\b/));
    const file = fetching.waitForEvent("download");
    await fetching.getByRole("button", { name: "Antwort herunterladen" }).click();
    assert.match((await file).suggestedFilename(), /\.zip$/);
    assert.equal(await fetching.locator(".error-summary, .error, [aria-invalid]").count(), 0);
    const staff = await product.openSignedIn("/operator/requests");
    await staff.getByRole("link", { name: "Abgeschlossene zeigen" }).click();
    await staff.getByRole("link", { name: number }).click();
    await staff.getByText("Petra Person").first().waitFor();
    await staff.getByText(/→ Ausführung/).first().waitFor();
    assert.deepEqual(product.complaints, []);
  } finally {
    await product[Symbol.asyncDispose]();
  }
});
