/** A database of its own for each test file: a clone of a migrated template, made in 20 ms. */
import { readMigrations } from "../../db/migrate.ts";
import { prepareDatabase, servingUrl } from "../../db/prepare.ts";
import { openPool, type Sql } from "../../db/pool.ts";
import { oncePerFile, whenLeft } from "./test_files.ts";
import { clusterUrl } from "./postgres.ts";

export const secretKey = btoa("kompaktCRM test key, 32 bytes ok");

export interface TestDatabase {
  /** As the owner, for looking behind the curtain. */
  ownerUrl: string;
  owner: Sql;
  /** As the serving role. */
  appUrl: string;
  app: Sql;
}

/** This file's database; made at the first call, dropped with the cluster. */
export const database = oncePerFile(make);

async function make(): Promise<TestDatabase> {
  const cluster = await clusterUrl();
  const admin = openPool(cluster, { max: 1 });
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  try {
    await admin`select pg_advisory_lock(42)`;
    const template = await templateName();
    const [found] = await admin`select from pg_database where datname = ${template}`;
    if (!found) await makeTemplate(admin, cluster, template);
    await admin.unsafe(`create database ${name} template ${template} strategy file_copy`);
    await admin`select pg_advisory_unlock(42)`;
  } finally {
    await admin.end();
  }
  const ownerUrl = at(cluster, name);
  const owner = openPool(ownerUrl, { max: 3 });
  const appUrl = await servingUrl(owner, ownerUrl, secretKey);
  const app = openPool(appUrl, { max: 6 });
  whenLeft(() => Promise.all([owner.end({ timeout: 1 }), app.end({ timeout: 1 })]));
  return { ownerUrl, owner, appUrl, app };
}

/** Named after its migrations, so that a cluster left running never serves an old one. */
async function templateName(): Promise<string> {
  const sums = (await readMigrations()).map((migration) => migration.checksum).join();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(sums));
  return `kompaktcrm_template_${new Uint8Array(digest).toHex().slice(0, 12)}`;
}

async function makeTemplate(admin: Sql, cluster: string, template: string): Promise<void> {
  const draft = `${template}_draft`;
  await admin.unsafe(`drop database if exists ${draft}`);
  await admin.unsafe(`create database ${draft}`);
  await prepareDatabase(at(cluster, draft), { secretKey });
  await admin.unsafe(`alter database ${draft} rename to ${template}`);
}

function at(cluster: string, name: string): string {
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return url.href;
}
