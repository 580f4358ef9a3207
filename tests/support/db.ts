/**
 * A database for each test file: a clone of a migrated template, or a used one restored to its
 * first state.
 */
import { readMigrations } from "../../db/migrate.ts";
import { prepareDatabase, servingAddress } from "../../db/prepare.ts";
import { endPool, openPool, type Sql } from "../../db/pool.ts";
import { type Beginning, beginningOf, renew } from "./renewal.ts";
import { currentFile, oncePerFile, whenDone, whenLeft } from "./test_files.ts";
import { clusterUrl } from "./postgres.ts";

export const secretKey = btoa("kompaktCRM test key, 32 bytes ok");

export interface TestDatabase {
  /** Connected as the owner, for looking behind the scenes. */
  ownerUrl: string;
  owner: Sql;
  /** Connected as the serving role. */
  appUrl: string;
  app: Sql;
}

/** This file's database; taken at the first call, returned when the file is left. */
export const database = oncePerFile(take);

/** Databases for the next files: as new, with their connections still open. */
const free: TestDatabase[] = [];
let beginning: Beginning | undefined;

async function take(): Promise<TestDatabase> {
  const taken = free.pop() ?? await make();
  if (currentFile() === "") return taken;
  if (!beginning) {
    beginning = await beginningOf(taken.owner);
    whenDone(() => Promise.all(free.splice(0).map(end)));
  }
  whenLeft(async () => {
    if (await renew(taken.owner, beginning!)) free.push(taken);
    else await end(taken);
  });
  return taken;
}

async function end({ owner, app, ownerUrl }: TestDatabase): Promise<void> {
  await Promise.all([owner, app].map(endPool));
  await drop(await clusterUrl(), new URL(ownerUrl).pathname.slice(1));
}

/**
 * Another database as a first start leaves it, still empty, so that a backup can be restored there.
 */
export async function emptyPlace(): Promise<{ url: string; sql: Sql }> {
  const { cluster, name } = await clone("restored");
  const url = at(cluster, name);
  return { url, sql: openPool(url, { max: 2 }) };
}

async function clone(prefix: string): Promise<Record<"cluster" | "template" | "name", string>> {
  const cluster = await clusterUrl();
  const admin = openPool(cluster, { max: 1 });
  const name = `${prefix}_${crypto.randomUUID().replaceAll("-", "")}`;
  const template = await templateName();
  try {
    await admin`select pg_advisory_lock(42)`;
    const [found] = await admin`select from pg_database where datname = ${template}`;
    if (!found) await makeTemplate(admin, cluster, template);
    await admin.unsafe(`create database ${name} template ${template} strategy file_copy`);
    await admin`select pg_advisory_unlock(42)`;
  } finally {
    await admin.end();
  }
  return { cluster, template, name };
}

async function make(): Promise<TestDatabase> {
  const { cluster, template, name } = await clone("test");
  const ownerUrl = at(cluster, name);
  const owner = openPool(ownerUrl, { max: 3 });
  // A clone has the rights granted to the template's role, and needs none of its own.
  const serving = await servingAddress(at(cluster, draftOf(template)), secretKey);
  const appUrl = at(serving.href, name);
  // As in a web process: each connection plans for itself, and few of them soon know all queries.
  const app = openPool(appUrl, { max: 3, keepPlans: true });
  return { ownerUrl, owner, appUrl, app };
}

/** Named after its migrations, so that a cluster left running never serves an old one. */
async function templateName(): Promise<string> {
  const sums = (await readMigrations()).map((migration) => migration.checksum).join();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(sums));
  return `kompaktcrm_template_${new Uint8Array(digest).toHex().slice(0, 12)}`;
}

const draftOf = (template: string) => `${template}_draft`;

async function drop(cluster: string, name: string): Promise<void> {
  const admin = openPool(cluster, { max: 1 });
  await admin.unsafe(`drop database ${name} with (force)`).finally(() => admin.end());
}

async function makeTemplate(admin: Sql, cluster: string, template: string): Promise<void> {
  const draft = draftOf(template);
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
