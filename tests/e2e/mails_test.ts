/** Mails as HTML in a real browser: on a phone nothing is wider than the screen. */
import { equal } from "node:assert/strict";
import { letter } from "../../views/mail/letter.tsx";
import { openBrowser } from "../support/browser.ts";
import { phone } from "../support/server.ts";

Deno.test("an address without a break does not widen a mail on a phone", async () => {
  const browser = await openBrowser();
  try {
    const page = await (await browser.newContext(phone)).newPage();
    const url = `https://crm.example/form-confirmations/${"aB3".repeat(20)}`;
    const { html } = letter({
      locale: "de",
      subject: "Bitte bestätigen",
      paragraphs: [`Siehe ${url}`],
      action: { label: "Bestätigen", url },
      lines: [url],
      baseUrl: "https://crm.example",
    });
    await page.setContent(html);
    equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  } finally {
    await browser.close();
  }
});
