/** What the bench found, as a table for people and as JSON for machines. */
import { now } from "../../db/clock.ts";
import type { Figures } from "./load.ts";

export interface Result extends Figures {
  row: string;
}

/** A figure that is no rate: seconds of an import, megabytes of memory. */
export interface Measure {
  name: string;
  value: number;
  unit: "s" | "ms" | "MB" | "/s" | "";
}

export interface Report {
  at: string;
  machine: string;
  contacts: number;
  /** Further tenants, with a thousand each. */
  tenants: number;
  connections: number;
  seconds: number;
  runs: number;
  results: Result[];
  measures: Measure[];
}

/** The head of a report: when, where, and how busy the machine was; call it before the load. */
export function machine(): Pick<Report, "at" | "machine"> {
  const cpu = /model name\s*:\s*(.+)/.exec(read("/proc/cpuinfo"))?.[1] ?? Deno.build.arch;
  const gigabytes = Math.round(Deno.systemMemoryInfo().total / 2 ** 30);
  return {
    at: now().toISOString(),
    machine:
      `${navigator.hardwareConcurrency} × ${cpu.trim()}, ${gigabytes} GB, Deno ${Deno.version.deno}`,
  };
}

/** The report as text. */
export function table({ results, measures, ...head }: Report): string {
  const lines = [
    `${head.contacts.toLocaleString("en")} contacts` +
    `${head.tenants > 0 ? ` and ${head.tenants} tenants with 1,000 each` : ""}, ` +
    `${head.connections} connections, ` +
    `${head.runs} × ${head.seconds} s, ${head.at.slice(0, 16)}`,
    head.machine,
    "",
    cells(["row", "per s", "p50 ms", "p95 ms", "p99 ms", "bytes", "errors"]),
  ];
  for (const { row, rate, p50, p95, p99, bytes, errors } of results) {
    const ms = [p50, p95, p99].map((time) => time.toFixed(1));
    lines.push(
      cells([row, rate.toFixed(0), ...ms, String(bytes), errors ? `${errors} FAILED` : "0"]),
    );
  }
  lines.push("");
  for (const { name, value, unit } of measures) {
    lines.push(`${name.padEnd(44)}${value.toFixed(value < 100 ? 2 : 0).padStart(9)} ${unit}`);
  }
  return lines.join("\n");
}

const cells = ([first = "", ...rest]: string[]) =>
  first.padEnd(36) + rest.map((text) => text.padStart(10)).join("");

function read(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}
