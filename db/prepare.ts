/** Prepares a database for service before any process starts: schema, queue, serving role, map. */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import * as citus from "./citus.ts";
import type { Demo } from "./demo.ts";
import type { WritePaper } from "./samples/offers.ts";
import { installQueue } from "./jobs.ts";
import { grantServingRole } from "./grants.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { openPool, type Sql } from "./pool.ts";
import { assertMapped } from "./personal_data.ts";
import { assertClaimed, claim } from "./secret_claims.ts";
import * as provider from "./provider.ts";
import * as serverLogs from "./server_logs.ts";

export interface Prepared {
  /** The URL with which the serving role connects. */
  appUrl: string;
  /** The migrations applied in this run. */
  migrated: string[];
  /** While nothing is set up: the one-time link for the set-up, for the terminal only. */
  setupLink?: string;
  /** The log-ins of a demo that was just set up. */
  demo?: Demo;
}

interface Wanted {
  secretKey: string;
  baseUrl?: string;
  demo?: boolean;
  /** Writes the documents of the demo's offers. */
  writePaper?: WritePaper;
}

/**
 * Migrates, installs the queue, grants the serving role and checks the personal-data map. Safe to
 * run in two processes at once. Throws MigrationRefused, MigrationBrokenOff, UnmappedColumns or
 * WrongSecret.
 */
export async function prepareDatabase(
  ownerUrl: string,
  { secretKey, baseUrl, demo = false, writePaper }: Wanted,
): Promise<Prepared> {
  await citus.prepare(ownerUrl);
  const pool = openPool(ownerUrl, { max: 1, name: "kompaktcrm prepare", statementTimeout: 0 });
  try {
    await assertClaimed(pool, secretKey);
    await serverLogs.quieten(pool);
    const migrated = await migrate(pool, await readMigrations());
    await installQueue(pool, ownerUrl);
    await assertMapped(pool);
    await claim(pool, secretKey);
    const appUrl = await servingUrl(pool, ownerUrl, secretKey);
    if (await provider.exists(pool)) return { appUrl, migrated };
    const made = demo ? await (await import("./demo.ts")).create(pool, writePaper) : null;
    const { issueSetupLink } = await import("./setup.ts");
    const setupLink = baseUrl ? await issueSetupLink(pool, baseUrl) : null;
    return { appUrl, migrated, setupLink: setupLink ?? undefined, demo: made ?? undefined };
  } finally {
    await pool.end({ timeout: 5 });
  }
}

/** Grants this database's serving role and returns the URL to connect with. */
export async function servingUrl(pool: Sql, ownerUrl: string, secretKey: string): Promise<string> {
  const url = await servingAddress(ownerUrl, secretKey);
  await grantServingRole(pool, url.username, url.password);
  return url.href;
}

/** The URL with which a database's serving role connects, whether or not it has its grants yet. */
export async function servingAddress(ownerUrl: string, secretKey: string): Promise<URL> {
  const url = new URL(ownerUrl);
  url.username = servingRole(decodeURIComponent(url.pathname.slice(1)) || "postgres");
  url.password = await rolePassword(secretKey, url.username);
  return url;
}

/** The name of a database's serving role: roles are cluster-wide, so each has its own. */
export function servingRole(database: string): string {
  const plain = database.replace(/[^a-z0-9_]/g, "_").replace(/^\d/, "_").slice(0, 50);
  if (plain === database) return `${plain}_app`;
  const suffix = createHash("sha256").update(database).digest("hex").slice(0, 8);
  return `${plain}_${suffix}_app`;
}

/** The serving role's password: derived, so that it is stored nowhere. */
async function rolePassword(secretKey: string, role: string): Promise<string> {
  const key = await crypto.subtle.importKey(
    "raw",
    Buffer.from(secretKey, "base64"),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const mac = await crypto.subtle.sign(
    "HMAC",
    key,
    new TextEncoder().encode(`database role ${role}`),
  );
  return Buffer.from(mac).toString("base64url");
}
