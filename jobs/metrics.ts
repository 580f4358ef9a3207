/**
 * Serves Prometheus metrics on a port of its own: the processes' counters and installation-wide
 * figures.
 */
import { timingSafeEqual } from "node:crypto";
import { Buffer } from "node:buffer";
import type { Config } from "../db/config.ts";
import { logger } from "../db/log.ts";
import { bounds, type Meters } from "../db/meters.ts";
import * as figures from "../db/metric_figures.ts";
import type { Sql } from "../db/pool.ts";

const log = logger("app", "metrics");
/** The last report of each process; a new process of the same name counts from zero again. */
const reported = new Map<string, Meters>();

/** Stores what a child process said about itself; returns it, or null if it cannot be read. */
export function noteMeters(process: string, text: string): Meters | null {
  try {
    const meters: Meters = JSON.parse(text);
    reported.set(process, meters);
    return meters;
  } catch {
    // The line was cut off because the process ended.
    return null;
  }
}

/** Forgets the last report of a process that has ended, unless its successor has made one. */
export function forgetMeters(process: string, last: Meters | null): void {
  if (reported.get(process) === last) reported.delete(process);
}

/** Serves `/metrics` if the settings ask for it. Returns a function that ends it. */
export function serveMetrics(config: Config, owner: Sql): () => Promise<void> {
  if (!config.metrics) return () => Promise.resolve();
  const { host, port, token } = config.metrics;
  const server = Deno.serve({
    hostname: host,
    port,
    onListen: () => log.info("metrics are served", { port }),
    onError: (error) => {
      log.error("metrics could not be read", error);
      return new Response(null, { status: 500 });
    },
  }, async (request) => {
    if (new URL(request.url).pathname !== "/metrics") return new Response(null, { status: 404 });
    if (token && !isAllowed(request, token)) {
      return new Response(null, { status: 401, headers: { "WWW-Authenticate": "Bearer" } });
    }
    const text = write(reported, await figures.read(owner).catch(() => null));
    return new Response(text, {
      headers: { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" },
    });
  });
  return () => server.shutdown();
}

function isAllowed(request: Request, token: string): boolean {
  const [given, wanted] = [request.headers.get("authorization") ?? "", `Bearer ${token}`].map(
    (each) => Buffer.from(each),
  );
  return given!.length === wanted!.length && timingSafeEqual(given!, wanted!);
}

/** What each figure means, in the form that Prometheus expects. */
const meanings = {
  http_requests_total: "Requests answered, by method and kind of status.",
  http_request_seconds: "Time that answers took.",
  jobs_total: "Jobs run, by outcome.",
  job_seconds_total: "Time that jobs took.",
  memory_bytes: "Memory that a process holds.",
  database_up: "Whether the database answers.",
  queued_jobs: "Jobs in the queue, by state.",
  mails: "Mails, by status.",
  proofs: "Proofs of the privacy policy, by lamp.",
  backup_age_seconds: "Age of the newest backup.",
  database_connections: "Connections to the database.",
  database_bytes: "Size of the database.",
  tenants: "Customer companies.",
  contacts: "Contacts of all tenants.",
};

type Sample = [labels: Record<string, string | number>, value: number];

/** A figure with its samples. */
type Figure = [
  name: keyof typeof meanings,
  type: "counter" | "gauge" | "histogram",
  samples: Sample[],
];

/** The Prometheus text format 0.0.4; without a database it has only what the processes count. */
export function write(
  processes: ReadonlyMap<string, Meters>,
  installation: figures.InstallationFigures | null,
): string {
  const all: Figure[] = [
    ...ofProcesses([...processes]),
    ["database_up", "gauge", [[{}, Number(installation !== null)]]],
    ...installation ? ofDatabase(installation) : [],
  ];
  const lines = all.filter(([, , samples]) => samples.length > 0).flatMap(linesOf);
  return `${lines.join("\n")}\n`;
}

const linesOf = ([name, type, samples]: Figure): string[] => [
  `# HELP kompaktcrm_${name} ${meanings[name]}`,
  `# TYPE kompaktcrm_${name} ${type}`,
  ...samples.map(([{ suffix = "", ...labels }, value]) => {
    const shown = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`);
    const braces = shown.length > 0 ? `{${shown.join(",")}}` : "";
    return `kompaktcrm_${name}${suffix}${braces} ${value}`;
  }),
];

const ofProcesses = (all: [process: string, Meters][]): Figure[] => [
  [
    "http_requests_total",
    "counter",
    all.flatMap(([process, { requests }]) =>
      Object.entries(requests).map(([key, count]): Sample => {
        const [method = "", status = ""] = key.split(" ");
        return [{ process, method, status }, count];
      })
    ),
  ],
  [
    "http_request_seconds",
    "histogram",
    all.filter(([, { requests }]) => Object.keys(requests).length > 0)
      .flatMap(([process, { buckets, seconds }]): Sample[] => [
        ...buckets.map((count, n): Sample => [
          { suffix: "_bucket", process, le: bounds[n] ?? "+Inf" },
          count,
        ]),
        [{ suffix: "_sum", process }, seconds],
        [{ suffix: "_count", process }, buckets.at(-1)!],
      ]),
  ],
  [
    "jobs_total",
    "counter",
    all.flatMap(([process, { jobs }]) =>
      Object.entries(jobs).map(([key, count]): Sample => {
        const [job = "", outcome = ""] = key.split(" ");
        return [{ process, job, outcome }, count];
      })
    ),
  ],
  [
    "job_seconds_total",
    "counter",
    all.flatMap(([process, { jobSeconds }]) =>
      Object.entries(jobSeconds).map(([job, seconds]): Sample => [{ process, job }, seconds])
    ),
  ],
  [
    "memory_bytes",
    "gauge",
    all.map(([process, { memory }]): Sample => [{ process }, memory]),
  ],
];

function ofDatabase(found: figures.InstallationFigures): Figure[] {
  const by = (label: string, counts: Record<string, number>) =>
    Object.entries(counts).map(([key, count]): Sample => [{ [label]: key }, count]);
  const one = (value: number): Sample[] => [[{}, value]];
  return [
    ["queued_jobs", "gauge", by("state", found.jobs)],
    ["mails", "gauge", by("status", found.mails)],
    ["proofs", "gauge", by("lamp", found.proofs)],
    ["backup_age_seconds", "gauge", found.backupAge === null ? [] : one(found.backupAge)],
    ["database_connections", "gauge", one(found.connections)],
    ["database_bytes", "gauge", one(found.databaseBytes)],
    ["tenants", "gauge", one(found.tenants)],
    ["contacts", "gauge", one(found.contacts)],
  ];
}

const escaped = (text: string | number) =>
  String(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
