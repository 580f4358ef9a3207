/**
 * Checks IONOS Cloud live: where bucket and database are located, and how long deleted data
 * survive.
 */
import { z } from "zod";
import { now } from "../clock.ts";
import type { Egress } from "../egress.ts";
import type { CheckResult, Figure } from "../processor_checks.ts";
import { isInside } from "../processor_gates.ts";
import { assertOk, codeOf, jsonOf } from "./answers.ts";
import { Bucket } from "./s3.ts";
import { all, type Element, textOf } from "./xml.ts";

export interface IonosConnection {
  s3Endpoint: string;
  region: string;
  bucket: string;
  accessKey: string;
  secretKey: string;
  /** The regional PostgreSQL API, `https://postgresql.de-txl.ionos.com`. */
  databaseUrl: string;
  clusterId: string;
  token: string;
}

/** Regions of the object storage, each with its country. */
export const regions: Readonly<Record<string, string>> = {
  "de": "DE",
  "eu-central-1": "DE",
  "eu-central-2": "DE",
  "eu-central-3": "DE",
  "eu-central-4": "DE",
  "eu-south-2": "ES",
  "us-central-1": "US",
};

/** The longest that deleted data may survive in backups and versions, in days (clause 5.2). */
const mostDays = 14;

/** The country of a location such as `de/txl`, or null if it names none. */
const countryOf = (location: string): string | null =>
  regions[location] ?? /^([a-z]{2})\//.exec(location)?.[1]?.toUpperCase() ?? null;

const isInEea = (location: string): boolean => {
  const country = countryOf(location);
  return country !== null && isInside(country);
};

/** Runs every check, each with its figures; one that cannot be made has failed and says why. */
export async function check(
  egress: Egress,
  processorId: string,
  connection: IonosConnection,
): Promise<CheckResult[]> {
  const bucket = new Bucket(egress, processorId, {
    ...connection,
    endpoint: connection.s3Endpoint,
  });
  const checks: [kind: string, run: () => Promise<Omit<CheckResult, "kind">>][] = [
    ["bucket_location", () => bucketLocation(bucket, connection)],
    ["bucket_versions", () => bucketVersions(bucket)],
    ["bucket_uploads", () => bucketUploads(bucket)],
    ["bucket_lock", () => bucketLock(bucket)],
    ["database_location", () => databaseLocation(egress, processorId, connection)],
    ["database_backups", () => databaseBackups(egress, processorId, connection)],
  ];
  const results: CheckResult[] = [];
  for (const [kind, run] of checks) {
    results.push({
      kind,
      ...await run().catch((error) => ({ passed: false, figures: { error: codeOf(error) } })),
    });
  }
  return results;
}

type Outcome = Omit<CheckResult, "kind">;

async function bucketLocation(bucket: Bucket, { region }: IonosConnection): Promise<Outcome> {
  const answer = await bucket.read({ location: "" });
  // An empty constraint means the first region, as everywhere in S3.
  const location = (answer && (answer.text.trim() || textOf(answer, "LocationConstraint"))) ||
    region;
  return { passed: isInEea(location), figures: { location, country: countryOf(location) } };
}

/** Rules that apply to every object of the bucket. */
const rulesOf = (lifecycle: Element | null): Element[] =>
  all(lifecycle ?? { name: "", text: "", children: [] }, "Rule").filter((rule) => {
    const filter = all(rule, "Filter")[0];
    const prefix = textOf(rule, "Prefix") + (filter ? textOf(filter, "Prefix") : "");
    const narrow = filter?.children.some(({ name }) => name !== "Prefix") ?? false;
    return textOf(rule, "Status") === "Enabled" && prefix === "" && !narrow;
  });

/** The smallest number of days that such a rule names; null if none does. */
function daysOf(rules: readonly Element[], action: string, field: string): number | null {
  const days = rules.flatMap((rule) => all(rule, action)).map((each) => textOf(each, field))
    .filter((text) => /^\d+$/.test(text)).map(Number);
  return days.length > 0 ? Math.min(...days) : null;
}

const withinBound = (days: number | null): boolean => days !== null && days <= mostDays;

async function bucketVersions(bucket: Bucket): Promise<Outcome> {
  const versioning = textOf((await bucket.read({ versioning: "" })) ?? nothing, "Status") || "Off";
  const rules = rulesOf(await bucket.read({ lifecycle: "" }));
  const days = daysOf(rules, "NoncurrentVersionExpiration", "NoncurrentDays");
  // Buckets with suspended versioning still hold their earlier versions.
  const passed = versioning === "Off" || withinBound(days);
  return { passed, figures: { versioning, noncurrentDays: days, mostDays } };
}

async function bucketUploads(bucket: Bucket): Promise<Outcome> {
  const rules = rulesOf(await bucket.read({ lifecycle: "" }));
  const days = daysOf(rules, "AbortIncompleteMultipartUpload", "DaysAfterInitiation");
  return { passed: withinBound(days), figures: { abortDays: days, mostDays } };
}

async function bucketLock(bucket: Bucket): Promise<Outcome> {
  const lock = await bucket.read({ "object-lock": "" });
  const rule = lock && all(lock, "Rule")[0];
  const retention = rule && all(rule, "DefaultRetention")[0];
  const mode = (retention && textOf(retention, "Mode")) || "none";
  return { passed: mode !== "COMPLIANCE", figures: { mode } };
}

const nothing: Element = { name: "", text: "", children: [] };

const Cluster = z.object({
  properties: z.object({
    backup: z.object({ location: z.string(), retentionDays: z.number() }),
  }),
});

const Backups = z.object({
  items: z.array(z.object({
    properties: z.object({
      clusterId: z.string(),
      location: z.string().optional(),
      earliestRecoveryTargetTime: z.iso.datetime({ offset: true }).nullish(),
    }),
  })).max(1_000),
});

async function ask<S extends z.ZodType>(
  egress: Egress,
  processorId: string,
  { databaseUrl, token }: IonosConnection,
  path: string,
  schema: S,
): Promise<z.output<S>> {
  const answer = await egress.request(processorId, "security", {
    method: "GET",
    url: `${databaseUrl}${path}`,
    headers: { authorization: `Bearer ${token}`, accept: "application/json" },
  }, { timeoutMs: 20_000, maxBytes: 2 * 1024 * 1024 });
  await assertOk(answer);
  return schema.parse(await jsonOf(answer));
}

const findCluster = (egress: Egress, processorId: string, connection: IonosConnection) =>
  ask(egress, processorId, connection, `/clusters/${connection.clusterId}`, Cluster);

/** The regional API serves its own location only, so its name tells where the cluster is. */
async function databaseLocation(
  egress: Egress,
  processorId: string,
  connection: IonosConnection,
): Promise<Outcome> {
  const { properties: { backup } } = await findCluster(egress, processorId, connection);
  const place = /^postgresql\.([a-z]{2})-([a-z]+)/.exec(new URL(connection.databaseUrl).hostname);
  const location = place ? `${place[1]}/${place[2]}` : "";
  const figures: Record<string, Figure> = { location, backupLocation: backup.location };
  // If the name gives no location (a fake, a proxy), the backup's location stands for both.
  const passed = (location === "" || isInEea(location)) && isInEea(backup.location);
  return { passed, figures };
}

async function databaseBackups(
  egress: Egress,
  processorId: string,
  connection: IonosConnection,
): Promise<Outcome> {
  const { clusterId } = connection;
  const { properties: { backup } } = await findCluster(egress, processorId, connection);
  const query = new URLSearchParams({ "filter.clusterId": clusterId, limit: "1000" });
  const { items } = await ask(egress, processorId, connection, `/backups?${query}`, Backups);
  const times = items.map(({ properties }) => properties)
    .filter((each) => each.clusterId === clusterId && each.earliestRecoveryTargetTime)
    .map((each) => Date.parse(each.earliestRecoveryTargetTime!));
  const earliest = times.length > 0 ? Math.min(...times) : null;
  const reach = earliest === null ? null : (now().getTime() - earliest) / 86_400_000;
  return {
    passed: backup.retentionDays <= mostDays && (reach === null || reach <= mostDays),
    figures: {
      retentionDays: backup.retentionDays,
      earliest: earliest === null ? null : new Date(earliest).toISOString(),
      mostDays,
    },
  };
}
