/** Files in a browser: an interrupted upload loses nothing that was typed or chosen. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { openTenant, type TestTenant } from "../support/tenants.ts";

let product: TestTenant;
Deno.test.beforeAll(async () => {
  product = await openTenant();
});
Deno.test.afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

Deno.test("an upload that breaks off keeps the page, its text and its file, and succeeds at the second try", async () => {
  const page = await product.openSignedIn("/companies/new");
  await page.locator("main [name=name]").fill("Abriss GmbH");
  await page.getByRole("button", { name: "Anlegen", exact: true }).click();
  await page.locator("h1", { hasText: "Abriss GmbH" }).waitFor();
  const subject = page.locator("#quick-subject");
  await subject.fill("Noch nicht angelegt");
  const choice = page.locator("#files input[type=file]");
  await choice.setInputFiles({
    name: "plan.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("Plan"),
  });
  const send = page.getByRole("button", { name: "Hochladen" });
  await page.context().setOffline(true);
  await send.click();
  // What stands in the line for activities would be left behind by an upload that succeeds.
  await page.getByRole("button", { name: "Verwerfen" }).click();
  await page.getByText("Keine Verbindung zum Server.").waitFor();
  assert.equal(await subject.inputValue(), "Noch nicht angelegt");
  assert.equal(
    await choice.evaluate((input) => (input as HTMLInputElement).files!.length),
    1,
  );
  await page.context().setOffline(false);
  await send.click();
  await page.locator(".flash", { hasText: "Eine Datei gespeichert." }).waitFor();
  await page.locator("#files", { hasText: "plan.txt" }).waitFor();
  await page.context().close();
});
