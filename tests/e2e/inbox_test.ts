/** Journeys of received mail: an answer from start to end, a stranger made a contact, a hostile mail. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import nodemailer, { type SendMailOptions } from "nodemailer";
import type { Page } from "playwright-core";
import { openTenant, type TestTenant } from "../support/tenants.ts";
import type { Mailbox } from "../support/mailbox.ts";
import { phone } from "../support/server.ts";

let box: Mailbox;
let product: TestTenant;
let address: string;

Deno.test.beforeAll(async () => {
  product = await openTenant();
  box = product.box;
  const page = await product.openSignedIn("/account");
  await page.getByRole("button", { name: "Adresse anlegen" }).click();
  address = await page.locator("#inbound-address code").innerText();
  await page.context().close();
});
Deno.test.afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

const heading = (page: Page, text: string | RegExp) =>
  page.locator("h1", { hasText: text }).waitFor();
const press = (page: Page, name: string | RegExp) =>
  page.getByRole("main").getByRole("button", { name, exact: typeof name === "string" }).click();

async function until(what: () => boolean | Promise<boolean>, ms = 40_000): Promise<void> {
  for (const end = performance.now() + ms; !await what();) {
    assert.ok(performance.now() < end, "it did not happen");
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** A stranger's mail program sends to the address for copies, as a forwarding rule would. */
async function arrives(mail: SendMailOptions): Promise<void> {
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port: product.inbound.port });
  await transport.sendMail({
    ...mail,
    envelope: { from: "bounce@absender.example", to: address },
  });
  transport.close();
}

/** Opens the inbox until a mail of that sender lies in one of its places. */
async function seeIn(page: Page, place: string, sender: string): Promise<void> {
  await until(async () => {
    await page.goto(`${product.url}/inbox${place}`);
    return await page.getByRole("link", { name: new RegExp(sender) }).count() > 0;
  });
}

Deno.test("a mail is sent, its answer received, and both are in one conversation with the person", async () => {
  const page = await product.openSignedIn("/contacts/new");
  await page.getByLabel("Nachname").fill("Nordmann");
  await page.locator('[name="emails.0.address"]').fill("nora@kupferhof.example");
  await page.getByText("Anfrage der Person").click();
  await page.getByRole("button", { name: "Anlegen", exact: true }).click();
  await heading(page, "Nordmann");
  const contact = page.url();

  await page.getByRole("link", { name: "E-Mail schreiben" }).click();
  await heading(page, "E-Mail schreiben");
  await page.getByLabel("Betreff").fill("Unser Angebot");
  await page.getByRole("textbox", { name: "Nachricht" }).fill("Guten Tag,\n\nanbei unser Angebot.");
  await page.getByText("Die Person hat selbst angefragt").click();
  await press(page, "Vorschau");
  await heading(page, "Vorschau");
  await press(page, "Senden");
  const sent = () => box.mails.find(({ subject }) => subject === "Unser Angebot");
  await until(() => sent() !== undefined);
  const { messageId } = sent()!;

  await arrives({
    from: "Nora Nordmann <nora@kupferhof.example>",
    to: product.admin.email,
    subject: "Re: Unser Angebot",
    inReplyTo: messageId,
    references: messageId,
    text: "Danke, das nehmen wir.\n\nAm 1.1.2026 schrieb Haus <crm@haus.example>:\n> Guten Tag",
  });
  await seeIn(page, "?place=assigned", "Nora Nordmann");
  await page.getByRole("link", { name: /Nora Nordmann/ }).click();
  await heading(page, "Re: Unser Angebot");
  await page.getByText("Danke, das nehmen wir.").waitFor();
  assert.equal(await page.getByText("> Guten Tag").isVisible(), false);
  await page.getByText("Zitierten Text anzeigen").click();
  assert.equal(await page.getByText("> Guten Tag").isVisible(), true);

  await page.locator("#conversation").getByRole("link", { name: "Unser Angebot" }).click();
  await heading(page, /^Unser Angebot$/);
  await page.locator("#records").getByRole("link", { name: /Nordmann/ }).click();
  await page.waitForURL(contact);
  assert.deepEqual(product.complaints, []);
});

Deno.test("on a phone, without script, a stranger becomes a contact by one press", async () => {
  await arrives({
    from: "Mia Petersen <mia.petersen@kuestenlicht.example>",
    to: product.admin.email,
    subject: "Anfrage zur Halle",
    text: "Guten Tag, wir brauchen 40 Strahler.",
  });
  const signed = await product.openSignedIn("/inbox", phone);
  const storageState = await signed.context().storageState();
  await signed.context().close();
  const page = await product.open("/inbox", { ...phone, storageState, javaScriptEnabled: false });
  await seeIn(page, "", "Mia Petersen");
  await page.getByRole("link", { name: /Mia Petersen/ }).click();
  await heading(page, "Anfrage zur Halle");
  assert.ok(await page.locator("html").evaluate((html) => html.scrollWidth) <= 360);
  await page.locator("summary", { hasText: "Als Kontakt anlegen" }).click();
  assert.equal(await page.getByLabel("Nachname").inputValue(), "Petersen");
  await press(page, "Als Kontakt anlegen");
  await heading(page, "Mia Petersen");
  await page.getByText("Der Kontakt ist angelegt, die Nachricht ist zugeordnet.").waitFor();
  await page.goto(`${product.url}/inbox`);
  await page.getByText("Alles zugeordnet.").waitFor();
});

Deno.test("a hostile letter runs nothing, loads nothing and stays in its frame", async () => {
  await arrives({
    from: "Eve <eve@boese.example>",
    to: product.admin.email,
    subject: "Gewinn",
    text: "Text",
    html: `<p id="mark">Klicken Sie</p><script>parent.document.title="gehackt"</script>
      <img src="https://boese.example/p.gif" onerror="alert(1)"><style>body{background:url(https://boese.example/b)}</style>
      <meta http-equiv="refresh" content="0;url=https://boese.example"><form action="https://boese.example"><input></form>
      <a href="https://boese.example/x" target="_top">www.bank.example</a><iframe src="https://boese.example"></iframe>`,
  });
  const page = await product.openSignedIn("/inbox");
  await seeIn(page, "", "Eve");
  await page.getByRole("link", { name: /Eve/ }).click();
  await heading(page, "Gewinn");
  const url = page.url();
  await page.getByText("Formatiert anzeigen").click();
  const frame = page.frameLocator("iframe");
  await frame.locator("p", { hasText: "Klicken Sie" }).waitFor();
  assert.equal(
    await frame.locator("script, img, style[media], form, iframe, meta[http-equiv]").count(),
    0,
  );
  await frame.getByText("(boese.example)").waitFor();
  assert.equal(await frame.locator("a").getAttribute("target"), "_blank");
  await page.waitForTimeout(500);
  assert.equal(page.url(), url);
  assert.match(await page.title(), /^Gewinn/);
  assert.deepEqual(product.complaints, []);
});
