/**
 * What a process counts about itself for the metrics: requests, jobs, memory; never who or what.
 */
import { elapsed } from "./clock.ts";

/**
 * Upper bounds of the request histogram in seconds; as Prometheus expects, each includes those
 * before it.
 */
export const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const;

/** What a process has counted since it started. */
export interface Meters {
  /** Requests by `METHOD class`, such as `GET 2xx`. */
  requests: Record<string, number>;
  /** Requests that took at most the bound at the same index; the last one counts all of them. */
  buckets: number[];
  /** Total seconds of all requests. */
  seconds: number;
  /** Jobs by `name outcome`. */
  jobs: Record<string, number>;
  jobSeconds: Record<string, number>;
  /** Bytes in memory. */
  memory: number;
}

const counted: Meters = {
  requests: {},
  buckets: Array(bounds.length + 1).fill(0),
  seconds: 0,
  jobs: {},
  jobSeconds: {},
  memory: 0,
};
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/** Counts an answered request. */
export function countRequest(method: string, status: number, ms: number): void {
  const known = methods.includes(method) ? method : "other";
  const key = `${known} ${Math.floor(status / 100)}xx`;
  counted.requests[key] = (counted.requests[key] ?? 0) + 1;
  counted.seconds += ms / 1000;
  const at = bounds.findIndex((bound) => ms <= bound * 1000);
  for (let n = at < 0 ? bounds.length : at; n <= bounds.length; n++) counted.buckets[n]!++;
}

/** Counts a finished job; `from` is when it began, by `elapsed`. */
export function countJob(name: string, outcome: "done" | "failed", from: number): void {
  const key = `${name} ${outcome}`;
  counted.jobs[key] = (counted.jobs[key] ?? 0) + 1;
  counted.jobSeconds[name] = (counted.jobSeconds[name] ?? 0) + (elapsed() - from) / 1000;
}

/** The prefix of the meters that a child process sends to the supervisor. */
export const meterMark = "\u0001meters ";
const everyMs = 5_000;

/** Sends what was counted to the supervisor every five seconds, until the signal. */
export function sendMeters(stop: AbortSignal): void {
  const encoder = new TextEncoder();
  const send = () => {
    counted.memory = Deno.memoryUsage().rss;
    try {
      Deno.stderr.writeSync(encoder.encode(`${meterMark}${JSON.stringify(counted)}\n`));
    } catch {
      // The supervisor no longer listens.
    }
  };
  send();
  const timer = setInterval(send, everyMs);
  stop.addEventListener("abort", () => clearInterval(timer), { once: true });
}
