/** Passkeys in a real browser with a device of its own: made, used alone, as second step, as proof. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import type { CDPSession, Page } from "playwright-core";
import { openTenant, type TestTenant } from "../support/tenants.ts";

let product: TestTenant;
Deno.test.beforeAll(async () => {
  product = await openTenant();
});
Deno.test.afterAll(async () => {
  await product[Symbol.asyncDispose]();
});

/** Plugs a device into the browser; returns what sets whether a finger is there. */
async function plugIn(page: Page) {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    finger: (isUserVerified: boolean) =>
      session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    keys: async () =>
      (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
  };
}

/** Lets eleven minutes pass since everybody proved to be the one. */
async function forgetProofs(): Promise<void> {
  await product.asOwner((owner) =>
    owner`update sessions set confirmed_at = confirmed_at - interval '11 minutes'`
  );
}

const heading = (page: Page, text: string) => page.locator("h1", { hasText: text }).waitFor();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

Deno.test("a passkey is made, signs in alone and as second step, and confirms", async () => {
  const page = await product.openSignedIn("/account/factors");
  const device = await plugIn(page);
  await page.getByRole("link", { name: "Passkey hinzufügen" }).click();
  await page.getByLabel("Name").fill("Notebook");
  await press(page, "Passkey erzeugen");
  await heading(page, "Ihre Wiederherstellungscodes");
  assert.equal(await page.locator(".recovery-codes code").count(), 8);
  const [key] = await device.keys();
  assert.equal(key!.isResidentCredential, true);
  assert.equal(key!.rpId, "localhost");

  // Alone: no address is typed, the key says whose it is.
  await page.context().clearCookies();
  await page.goto(`${product.url}/login?next=%2Faccount`);
  await device.finger(false);
  await press(page, "Mit Passkey");
  await page.getByRole("alert").filter({ hasText: "Das hat nicht geklappt" }).waitFor();
  await device.finger(true);
  const [posted] = await Promise.all([
    page.waitForRequest((request) => request.url().includes("/login/passkeys?")),
    press(page, "Mit Passkey"),
  ]);
  await heading(page, "Mein Zugang");
  const again = await fetch(posted.url(), {
    method: "POST",
    body: posted.postData()!,
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "Sec-Fetch-Site": "same-origin",
      Origin: product.url,
    },
    redirect: "manual",
  });
  await again.body?.cancel();
  assert.equal(again.status, 422);

  // As the second step after the password.
  await page.context().clearCookies();
  await page.goto(`${product.url}/login?next=%2Faccount%2Ffactors`);
  await page.getByLabel("E-Mail-Adresse").fill(product.admin.email);
  await page.getByLabel("Passwort").fill(product.admin.password);
  await press(page, "Anmelden");
  await heading(page, "Zweiter Schritt");
  await press(page, "Mit Passkey");
  await heading(page, "Zweiter Faktor");

  // As the proof before an action that weighs; the action is done in the same breath.
  await forgetProofs();
  await press(page, "Neue Codes erzeugen");
  await heading(page, "Zur Sicherheit");
  await press(page, "Mit Passkey");
  await heading(page, "Ihre Wiederherstellungscodes");
  assert.deepEqual(product.complaints, []);
});

Deno.test("without a script nothing offers what cannot work, and the password goes on", async () => {
  const page = await product.open("/login", { javaScriptEnabled: false });
  assert.equal(await page.getByRole("button", { name: "Mit Passkey" }).count(), 0);
  await page.getByLabel("E-Mail-Adresse").fill(product.admin.email);
  await page.getByLabel("Passwort").fill(product.admin.password);
  await press(page, "Anmelden");
  await heading(page, "Zweiter Schritt");
  assert.equal(await page.getByLabel("Wiederherstellungscode").count(), 1);
});
