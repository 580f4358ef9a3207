/** A tenant for each file of journeys, in one product and one browser shared by their process. */

import * as identities from "../../db/identities.ts";
import { newId } from "../../db/ids.ts";
import { now } from "../../db/clock.ts";
import * as passwords from "../../db/passwords.ts";
import { system, withScope } from "../../db/scope.ts";
import * as users from "../../db/users.ts";
import { freePort } from "../runtime/service.ts";
import { type Mailbox, mailbox } from "./mailbox.ts";
import { admin, Product, startProduct } from "./server.ts";
import { currentFile, whenDone } from "./test_files.ts";

interface Shared {
  product: Product;
  /** Where the mails of all tenants arrive. */
  box: Mailbox;
  env: Record<string, string>;
  inbound: { port: number; domain: string };
}

let shared: Promise<Shared> | undefined;

async function start(): Promise<Shared> {
  const box = await mailbox();
  const inbound = { port: freePort(), domain: "in.crm.example" };
  const env = {
    SMTP_URL: box.smtpUrl.replace("127.0.0.1", "localhost"),
    MAIL_FROM: "Haus <crm@haus.example>",
    INBOUND_SMTP: `127.0.0.1:${inbound.port}`,
    INBOUND_DOMAIN: inbound.domain,
    WEB_PROCESSES: "1",
  };
  const product = await (await startProduct(env)).setUp();
  whenDone(end);
  return { product, box, env, inbound };
}

async function end(): Promise<void> {
  const { product, box } = await shared!;
  await product[Symbol.asyncDispose]();
  await box.close();
}

/** A new tenant, seen by its owner, who is also the operator. */
export class TestTenant extends Product {
  override readonly slug = `haus-${newId()}`;
  override readonly admin = { ...admin, email: `henrike.${newId()}@luettfeld.example` };
  /** Where mails arrive; those from before this tenant are hidden. */
  readonly box: Mailbox;
  readonly env: Record<string, string>;
  readonly inbound: Shared["inbound"];

  constructor({ product, box, env, inbound }: Shared) {
    super(product.service, product.browser);
    const from = box.mails.length;
    this.box = {
      ...box,
      get mails() {
        return box.mails.slice(from);
      },
      get envelopes() {
        return box.envelopes.slice(from);
      },
    };
    this.env = env;
    this.inbound = inbound;
  }

  /** Creates the tenant and its owner. */
  async found(): Promise<this> {
    const passwordHash = await passwords.hash(admin.password);
    const id = newId();
    await this.asOwner(async (owner) => {
      await owner`
        insert into tenants (id, slug, name, created_at)
        values (${id}, ${this.slug}, 'Lüttfeld Handels GmbH', ${now()})
      `;
      await withScope(owner, { tenantId: id, actor: system }, async (scope) => {
        const who = { ...this.admin, passwordHash, locale: "de", operator: true } as const;
        await users.admit(scope, await identities.create(scope.sql, who), "owner");
      });
    });
    return this;
  }

  /** Closes its pages; the product goes on for the next file. */
  override async [Symbol.asyncDispose](): Promise<void> {
    await this.closePages();
    if (currentFile() === "") await end();
  }
}

/** A new, empty tenant. */
export async function openTenant(): Promise<TestTenant> {
  return await new TestTenant(await (shared ??= start())).found();
}
