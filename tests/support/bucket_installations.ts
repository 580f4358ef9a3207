/** A tenant whose register has the fake bucket, and the command line for that installation. */
import { boss, openQueue } from "../../db/jobs.ts";
import type { Sql } from "../../db/pool.ts";
import * as connections from "../../db/processor_connections.ts";
import { run } from "../../jobs/commands.ts";
import type { TestApp } from "./app.ts";
import { type FakeBucket, keys } from "./buckets.ts";
import { secretKey } from "./db.ts";
import { openProcessor } from "./processors.ts";

const clusterId = crypto.randomUUID();

/** The connection to a bucket, as the operator enters it. */
export const ofBucket = ({ url }: FakeBucket) => ({
  settings: { s3Endpoint: url, region: keys.region, bucket: "crm", databaseUrl: url, clusterId },
  secrets: { accessKey: keys.accessKey, secretKey: keys.secretKey, token: "token" },
});

/** Adds a bucket to the register, open and connected. Returns the entry's id. */
export async function connectBucket(owner: Sql, s3: FakeBucket): Promise<string> {
  const id = await openProcessor(owner, [], "ionos");
  const hosts = [{ host: "127.0.0.1", port: s3.port }];
  await connections.update(owner, secretKey, id, ofBucket(s3), hosts);
  return id;
}

/** The command's output in this app's installation. */
export async function crm(
  test: TestApp,
  ...args: string[]
): Promise<{ code: number; out: string }> {
  const lines: string[] = [];
  const { log, error } = console;
  console.log = console.error = (line: string) => void lines.push(line);
  try {
    const { storage: _, ...config } = test.services.config;
    const code = await run(args, () => ({ ...config, databaseUrl: test.db.ownerUrl }));
    return { code, out: lines.join("\n") };
  } finally {
    Object.assign(console, { log, error });
    // The command has closed it at its end.
    openQueue(test.db.appUrl);
    test.queue = await boss();
  }
}
