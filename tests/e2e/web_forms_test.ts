/** A web form by a phone without scripts: filled in, confirmed from a real mail, seen by staff. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import { isDone } from "../../routes/works.ts";
import { openTenant } from "../support/tenants.ts";
import type { Mailbox } from "../support/mailbox.ts";
import { phone } from "../support/server.ts";

const person = "paula@person.example";

/** The mail to the stranger, once it has come. */
async function newest(box: Mailbox) {
  for (const end = performance.now() + 20_000;;) {
    const at = box.envelopes.findLastIndex((to) => to.includes(person));
    if (at >= 0) return box.mails[at]!;
    assert.ok(performance.now() < end, "no mail came");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

Deno.test("a stranger's form becomes a contact by the link in the mail", async () => {
  const product = await openTenant();
  try {
    const staff = await product.openSignedIn("/settings/forms/new");
    await staff.locator("#f-name").fill("Kontaktformular");
    await staff.locator("#f-slug").fill("kontakt");
    await staff.locator("#f-de-consent").fill("Ich möchte Neuigkeiten erhalten.");
    await staff.locator("#f-en-consent").fill("I want news.");
    await staff.getByLabel("Browser vor dem Absenden rechnen lassen").check();
    await staff.getByRole("button", { name: "Speichern" }).click();
    const address = await staff.locator("td a", { hasText: "/f/" }).innerText();

    const page = await product.open(new URL(address).pathname, {
      ...phone,
      javaScriptEnabled: false,
    });
    await page.getByLabel("Nachname").fill("Person");
    await page.getByLabel(/^E-Mail/).fill(person);
    await page.getByLabel("Nachricht").fill("Bitte ein Angebot.");
    await page.getByLabel(/^Ich möchte Neuigkeiten/).check();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 360, `${wide} px`);
    // Nobody is faster than three seconds but programs.
    await page.waitForTimeout(3_100);
    await page.getByRole("button", { name: "Absenden" }).click();
    await page.getByText("Wir haben Ihnen eine Nachricht geschickt").waitFor();

    const mail = await newest(product.box);
    const path = /(\/form-confirmations\/\S+)/.exec(mail.text!)![1]!;
    await page.goto(product.url + path);
    await page.getByRole("button", { name: "Bestätigen" }).click();
    await page.getByText("sind angekommen").waitFor();

    await staff.goto(`${product.url}/contacts?q=Person`);
    await staff.getByRole("link", { name: "Person" }).first().click();
    await staff.getByText("Bitte ein Angebot.").first().waitFor();
    await staff.getByText("Webformular: Kontaktformular").first().waitFor();

    // With scripts the browser works for it before it sends.
    const worker = await product.open(new URL(address).pathname);
    // A look at another page, and back: the form's script comes again, but listens only once.
    await worker.evaluate(() => {
      const listen: typeof addEventListener = globalThis.addEventListener.bind(globalThis);
      globalThis.addEventListener = (
        kind: string,
        listener: EventListenerOrEventListenerObject,
        options?: boolean | AddEventListenerOptions,
      ) => {
        document.documentElement.dataset.listens = kind;
        listen(kind, listener, options);
      };
    });
    await worker.getByRole("link", { name: "Datenschutz", exact: true }).click();
    await worker.getByRole("heading", { level: 1, name: "Datenschutzerklärung" }).waitFor();
    await worker.goBack();
    await worker.getByLabel("Nachname").waitFor();
    await worker.waitForTimeout(500);
    assert.equal(await worker.locator("html[data-listens]").count(), 0);
    const sent = worker.waitForRequest((request) => request.method() === "POST");
    await worker.getByLabel("Nachname").fill("Rechner");
    await worker.getByLabel(/^E-Mail/).fill("Rechner@Person.example");
    await worker.waitForTimeout(3_100);
    await worker.getByRole("button", { name: "Absenden" }).click();
    const fields = new URLSearchParams((await sent).postData()!);
    const work = { issued: fields.get("issued")!, email: fields.get("email")! };
    assert.ok(isDone({ ...work, answer: fields.get("work")! }), String(fields));
    await worker.getByText("Wir haben Ihnen eine Nachricht geschickt").waitFor();
    assert.deepEqual(product.complaints, []);
  } finally {
    await product[Symbol.asyncDispose]();
  }
});
