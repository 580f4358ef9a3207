/** Metrics as Prometheus reads them: each figure once, by name, kind and meaning. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { countRequest, meterMark, type Meters, sendMeters } from "../db/meters.ts";
import type { Config } from "../db/config.ts";
import type { Sql } from "../db/pool.ts";
import { forgetMeters, noteMeters, serveMetrics, write } from "../jobs/metrics.ts";
import { freePort } from "./runtime/service.ts";

const meters: Meters = {
  requests: { "GET 2xx": 3, "POST 5xx": 1 },
  buckets: Array.from({ length: 11 }, () => 4),
  seconds: 0.25,
  jobs: { "mails failed": 1 },
  jobSeconds: { mails: 2 },
  memory: 1_000,
};
const totals = {
  jobs: { created: 2 },
  mails: { sent: 3 },
  proofs: { green: 40 },
  backupAge: 60,
  connections: 9,
  databaseBytes: 1e6,
  tenants: 1,
  contacts: 5,
};

Deno.test("every figure is in one family with its meaning and kind, and no series twice", () => {
  const output = write(new Map([["web 1", meters], ['odd "name"\\', meters]]), totals);
  ok(output.endsWith("\n") && !output.includes("\r"));
  const series = new Set<string>();
  const families: string[] = [];
  let kind = "";
  const lines = output.trimEnd().split("\n");
  for (let at = 0; at < lines.length; at++) {
    const help = /^# HELP (kompaktcrm_[a-z_]+) [A-Z][^\\]+\.$/.exec(lines[at]!);
    if (help) {
      families.push(help[1]!);
      kind = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(lines[++at]!)![2]!;
      equal(lines[at]!.split(" ")[2], help[1]);
      equal(kind === "counter", help[1]!.endsWith("_total"), help[1]);
      continue;
    }
    const sample = /^([a-z_]+?)(?:\{((?:[a-z]+="(?:[^"\\]|\\.)*",?)+)\})? ([\d.e+-]+)$/
      .exec(lines[at]!);
    ok(sample, lines[at]);
    const name = kind === "histogram" ? sample[1]!.replace(/_(bucket|sum|count)$/, "") : sample[1];
    equal(name, families.at(-1));
    ok(!series.has(`${sample[1]}${sample[2]}`), lines[at]);
    series.add(`${sample[1]}${sample[2]}`);
  }
  equal(new Set(families).size, families.length);
  equal(families.length, 14);
  match(output, /process="odd \\"name\\"\\\\"/);
});

Deno.test("without a database the processes' own figures are shown, and that it is unavailable", () => {
  const output = write(new Map([["web 1", meters]]), null);
  match(output, /^kompaktcrm_database_up 0$/m);
  deepEqual(output.match(/^# HELP \S+(?= )/gm)?.length, 6);
  ok(!output.includes("tenants"));
});

Deno.test("what programs change by PATCH is told apart from methods that nobody knows", () => {
  const before = sent();
  for (const method of ["PATCH", "PATCH", "BREW"]) countRequest(method, 200, 1);
  const after = sent();
  const counted = (key: string) => after[key]! - (before[key] ?? 0);
  deepEqual(["PATCH 2xx", "other 2xx"].map(counted), [2, 1]);
});

/** The requests that a process has counted, as it reports them. */
function sent(): Record<string, number> {
  const { writeSync } = Deno.stderr;
  let told = "";
  Deno.stderr.writeSync = (bytes) => {
    told += new TextDecoder().decode(bytes);
    return bytes.length;
  };
  try {
    const stop = new AbortController();
    sendMeters(stop.signal);
    stop.abort();
  } finally {
    Deno.stderr.writeSync = writeSync;
  }
  const { requests }: Meters = JSON.parse(told.slice(meterMark.length));
  return requests;
}

Deno.test("a process that has ended is no longer reported, its successor is", async () => {
  const port = freePort();
  const away = (() => Promise.reject(new Error("away"))) as unknown as Sql;
  const end = serveMetrics({ metrics: { host: "127.0.0.1", port } } as Config, away);
  const shown = async () => await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  try {
    const first = noteMeters("egress", JSON.stringify(meters));
    equal(noteMeters("egress", '{"requests":'), null);
    match(await shown(), /memory_bytes\{process="egress"\} 1000/);
    const second = noteMeters("egress", JSON.stringify({ ...meters, memory: 2_000 }));
    forgetMeters("egress", first);
    match(await shown(), /memory_bytes\{process="egress"\} 2000/);
    forgetMeters("egress", second);
    ok(!(await shown()).includes("egress"));
  } finally {
    await end();
  }
});
