/** The actually started product with a browser, for journeys that only a browser can make. */

/// <reference lib="dom" />

import assert from "node:assert/strict";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { openDatabase } from "../../db/embedded.ts";
import { openPool, type Sql } from "../../db/pool.ts";
import * as samples from "../../db/samples.ts";
import { system, withScope } from "../../db/scope.ts";
import * as tenants from "../../db/tenants.ts";
import { newService, type Service } from "../runtime/service.ts";
import { openBrowser } from "./browser.ts";
import { admin, setupFields } from "./setup.ts";

export { admin };

export const desk: BrowserContextOptions = { viewport: { width: 1280, height: 900 } };
export const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
};

/** A started product and a browser; `await using` ends both, with everything they started. */
export class Product {
  /** Errors in the console and on the page, and requests to other hosts. */
  readonly complaints: string[] = [];
  /** The person that the set-up creates. */
  readonly admin = admin;
  /** Which tenant is meant; unset for the only one there is. */
  readonly slug: string | undefined;
  protected readonly contexts: BrowserContext[] = [];

  constructor(readonly service: Service, readonly browser: Browser) {}

  get url(): string {
    return this.service.url.replace("127.0.0.1", "localhost");
  }

  /** The one-time link shown in the terminal. */
  get setupLink(): string {
    const link = /http:\S+\/setup\/\S+/.exec(this.service.output)?.[0];
    assert.ok(link, `no set-up link in: ${this.service.output}`);
    return link;
  }

  /** A fresh browser profile with one page at this address, not logged in. */
  async open(path: string, options: BrowserContextOptions = desk): Promise<Page> {
    const page = await this.page(options);
    await page.goto(path.startsWith("http") ? path : this.url + path);
    return page;
  }

  /** Closes all pages: a user may have only some open at once before the product says so. */
  async closePages(): Promise<void> {
    for (const context of this.contexts.splice(0)) await context.close();
  }

  /** A fresh browser profile with one empty page. */
  async page(options: BrowserContextOptions): Promise<Page> {
    const context = await this.browser.newContext({ locale: "de-DE", ...options });
    this.contexts.push(context);
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    page.on("console", (message) => {
      if (!["error", "warning"].includes(message.type())) return;
      // A refused form is an answer and not a fault, but Chromium prints it as one.
      if (!/status of (422|409|404)/.test(message.text())) this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("request", (request) => {
      if (!request.url().startsWith(this.url) && !request.url().startsWith("data:")) {
        this.complaints.push(`foreign: ${request.url()}`);
      }
    });
    return page;
  }

  /** A fresh profile, logged in as the admin. */
  async openSignedIn(path: string, options: BrowserContextOptions = desk): Promise<Page> {
    const page = await this.open(`/login?next=${encodeURIComponent(path)}`, options);
    await page.getByLabel("E-Mail-Adresse").fill(this.admin.email);
    await page.getByLabel("Passwort").fill(this.admin.password);
    await page.getByRole("button", { name: "Anmelden" }).click();
    await page.waitForURL(this.url + path);
    return page;
  }

  /** Sets the product up without the browser, optionally with sample data, in a language. */
  async setUp({ samples = false, locale = "de" } = {}): Promise<this> {
    const fields = new URLSearchParams({ ...setupFields, ...(samples ? { samples: "on" } : {}) });
    const answer = await fetch(this.setupLink, {
      method: "POST",
      body: fields,
      headers: {
        "Sec-Fetch-Site": "same-origin",
        Origin: this.url,
        "Accept-Language": locale,
      },
      redirect: "manual",
    });
    const text = await answer.text();
    assert.equal(answer.status, 303, text);
    return this;
  }

  /** Adds invented contacts to the tenant without using the browser. */
  async fill(amount: samples.Amount): Promise<void> {
    await this.asOwner(async (owner) => {
      const tenant = await tenants.lookup(owner, this.slug);
      await withScope(owner, { tenantId: tenant!.id, actor: system }, async (scope) => {
        await samples.create(scope, amount);
      });
    });
  }

  /** Works on the product's database as its owner. */
  async asOwner(work: (owner: Sql) => Promise<unknown>): Promise<void> {
    const { adminUrl, close } = await openDatabase({ dataDir: this.service.dataDir });
    const owner = openPool(adminUrl, { max: 1 });
    try {
      await work(owner);
    } finally {
      await owner.end();
      await close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
    await this.service[Symbol.asyncDispose]();
  }
}

/** Starts the product on an empty data folder; nothing is set up yet. */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
  const service = await (await newService({ WEB_PROCESSES: "1", ...env })).ready();
  try {
    return new Product(service, await openBrowser());
  } catch (error) {
    await service[Symbol.asyncDispose]();
    throw error;
  }
}
