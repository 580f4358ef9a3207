/** Journeys of those who write mail: to a contact, on a phone without script, by a server of their own. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { violations } from "../support/axe.ts";
import { openTenant, type TestTenant } from "../support/tenants.ts";
import { type Mailbox, mailbox } from "../support/mailbox.ts";
import { phone } from "../support/server.ts";

let box: Mailbox;
let own: Mailbox;
let product: TestTenant;
Deno.test.beforeAll(async () => {
  own = await mailbox(false, { user: "admin", password: "geheim" });
  product = await openTenant();
  box = product.box;
});
Deno.test.afterAll(async () => {
  await product[Symbol.asyncDispose]();
  await own.close();
});

const heading = (page: Page, text: string | RegExp) =>
  page.locator("h1", { hasText: text }).waitFor();
const press = (page: Page, name: string | RegExp) =>
  page.getByRole("main").getByRole("button", { name, exact: typeof name === "string" }).click();

async function until(what: () => boolean | Promise<boolean>, ms = 30_000): Promise<void> {
  for (const end = performance.now() + ms; !await what();) {
    assert.ok(performance.now() < end, "it did not happen");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function addContact(page: Page, lastName: string, address: string): Promise<void> {
  await page.goto(`${product.url}/contacts/new`);
  await page.locator('[name="salutation"]').selectOption("ms");
  await page.getByLabel("Vorname").fill("Nora");
  await page.getByLabel("Nachname").fill(lastName);
  await page.locator('[name="emails.0.address"]').fill(address);
  await page.getByText("Anfrage der Person").click();
  await page.getByRole("button", { name: "Anlegen", exact: true }).click();
  await heading(page, `Nora ${lastName}`);
}

Deno.test("from the contact's page over template and preview to a mail that was sent", async () => {
  const page = await product.openSignedIn("/settings/mail-templates/new");
  await page.getByLabel("Name").fill("Dank für die Anfrage");
  await page.getByLabel("Betreff").fill("Ihre Anfrage");
  await page.getByLabel("Nachricht").fill(
    "{{anrede}},\n\nvielen Dank. Wir melden uns.\n\n{{mein_name}}",
  );
  await press(page, "Anlegen");
  await page.getByText("Die Vorlage ist gespeichert").waitFor();

  await addContact(page, "Nordmann", "nora@kupferhof.example");
  await page.getByRole("link", { name: "E-Mail schreiben" }).click();
  await heading(page, "E-Mail schreiben");
  assert.equal(
    await page.locator('[name="to"]').inputValue(),
    "Nora Nordmann <nora@kupferhof.example>",
  );
  const onto = (name: string) =>
    page.waitForFunction((name) => document.activeElement?.getAttribute("name") === name, name);
  await onto("subject");
  const to = page.locator('[name="to"]');
  const filled = await to.inputValue();
  await to.fill("a@b.example, ");
  await to.pressSequentially("nordm");
  await page.locator("#to-hits [role=option]", { hasText: "nora@kupferhof.example" }).waitFor();
  assert.deepEqual(await violations(page), []);
  await to.press("Enter");
  assert.equal(await to.inputValue(), `a@b.example, ${filled}, `);
  assert.equal(await page.locator("#to-hits").isHidden(), true);
  await to.fill(filled);
  await page.getByLabel("Vorlage").selectOption({ label: "Dank für die Anfrage (Deutsch)" });
  await press(page, "Einsetzen");
  await page.waitForFunction(() =>
    document.querySelector<HTMLInputElement>('[name="subject"]')?.value === "Ihre Anfrage"
  );
  await onto("body");
  await page.getByText("Die Person hat selbst angefragt").click();
  await press(page, "Vorschau");
  await heading(page, "Vorschau");
  const article = page.locator("article.mail");
  await article.getByText("Sehr geehrte Frau Nordmann,").waitFor();
  await press(page, "Senden");
  await heading(page, "Nora Nordmann");
  const sent = () =>
    box.mails.filter((_, at) => box.envelopes[at]!.includes("nora@kupferhof.example"));
  await until(() => sent().length === 1);
  assert.equal(sent()[0]!.subject, "Ihre Anfrage");
  await until(async () => {
    await page.goto(`${product.url}/messages`);
    return await page.getByRole("link", { name: /Nora Nordmann/ }).count() === 1;
  });
  await page.getByRole("link", { name: /Nora Nordmann/ }).click();
  await heading(page, "Ihre Anfrage");
  await page.getByText("gesendet", { exact: true }).waitFor();
  assert.deepEqual(product.complaints, []);
});

Deno.test("from the lines of a deal over the paper of an offer to the mail that brings it", async () => {
  const page = await product.openSignedIn("/products/new");
  await page.getByLabel("Name").fill("Palettenregal");
  await page.getByLabel("Preis").fill("1.249,00");
  await press(page, "Anlegen");
  await page.getByText("Das Produkt ist gespeichert").waitFor();
  await addContact(page, "Angelmann", "nora@angelhof.example");
  const contact = new URL(page.url()).pathname.split("/").at(-1)!;
  await page.goto(`${product.url}/deals/new?person=${contact}`);
  await page.getByLabel("Titel").fill("Regale für die Halle");
  await press(page, "Anlegen");
  await heading(page, "Regale für die Halle");
  await page.getByRole("link", { name: "Position hinzufügen" }).click();
  await heading(page, "Positionen bearbeiten");
  await page.getByLabel("Bezeichnung").fill("Palettenregal");
  await page.getByLabel("Menge").fill("2");
  await press(page, "Speichern");
  await page.getByText("Die Positionen sind gespeichert").waitFor();
  await page.getByRole("link", { name: "Neues Angebot" }).click();
  await heading(page, "Neues Angebot");
  await press(page, "Speichern");
  await press(page, "Ausstellen");
  await heading(page, /^AN-\d{4}-0001$/);
  const paper = await page.request.get(`${page.url()}/paper`);
  assert.ok((await paper.body()).toString("latin1").includes("pdfaid:part>2<"));
  await press(page, "Per E-Mail senden");
  await heading(page, "Entwurf bearbeiten");
  await press(page, "Vorschau");
  await press(page, "Senden");
  await until(() => box.mails.some(({ attachments }) => attachments.length === 1));
  const mail = box.mails.find(({ attachments }) => attachments.length === 1)!;
  assert.deepEqual(
    new Uint8Array(mail.attachments[0]!.content),
    new Uint8Array(await paper.body()),
  );
  await until(async () => {
    await page.goto(`${product.url}/offers`);
    return await page.locator(".badge", { hasText: "versendet" }).count() === 1;
  });
  await page.getByRole("link", { name: /AN-/ }).click();
  await press(page, "Als angenommen vermerken");
  await page.getByText("Das Angebot ist angenommen.").waitFor();
  await page.getByText("Gewonnen").first().waitFor();
  assert.deepEqual(product.complaints, []);
});

Deno.test("the writer is warned of an objection, on a phone without script", async () => {
  const page = await product.openSignedIn("/contacts", { ...phone, javaScriptEnabled: false });
  await addContact(page, "Südmann", "nora@suedhof.example");
  await page.getByRole("checkbox", { name: "alle Wege" }).check();
  await page.getByRole("button", { name: "Widersprüche speichern" }).click();
  await page.getByRole("link", { name: "E-Mail schreiben" }).first().click();
  await page.getByLabel("Betreff").fill("Neues im Herbst");
  await press(page, "Vorschau");
  await page.getByText("Die Person hat widersprochen").waitFor();
  assert.equal(await page.getByRole("button", { name: "Senden" }).count(), 0);
  const wide = await page.locator("html").evaluate((html) => html.scrollWidth);
  assert.ok(wide <= 360, `${wide} px`);
  await page.getByRole("link", { name: "Weiter bearbeiten" }).click();
  await page.getByText("Die Person hat selbst angefragt").click();
  await press(page, "Vorschau");
  await press(page, "Senden");
  await until(() => box.mails.some(({ subject }) => subject === "Neues im Herbst"));
});

Deno.test("a user's own mail server is tested at once, and used from then on", async () => {
  const page = await product.openSignedIn("/account/mail");
  const port = new URL(own.smtpUrl).port;
  const fields = {
    host: "localhost",
    port,
    username: "admin",
    password: "falsch",
    address: "admin@firma.example",
  };
  for (const [name, value] of Object.entries(fields)) {
    await page.locator(`[name="${name}"]`).fill(value);
  }
  await page.getByLabel("Verschlüsselung").selectOption("none");
  await press(page, "Speichern und prüfen");
  // The job process is restarted first: it may reach no host that is not on its list.
  await page.getByText("nimmt Benutzernamen oder Passwort nicht an").waitFor({ timeout: 60_000 });
  await page.locator('[name="password"]').fill("geheim");
  await press(page, "Speichern und prüfen");
  await page.getByText("Verbindung steht").waitFor({ timeout: 60_000 });

  await page.goto(`${product.url}/messages/new`);
  await page.locator('[name="to"]').fill("kunde@example.org");
  await page.getByLabel("Betreff").fill("Über den eigenen Server");
  await page.locator('[name="body"]').fill("Hallo");
  await press(page, "Vorschau");
  await press(page, "Senden");
  await until(() => own.mails.length === 1);
  assert.equal(own.mails[0]!.from!.value[0]!.address, "admin@firma.example");
  assert.deepEqual(product.complaints, []);
});
