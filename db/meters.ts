/** What a process counts of itself for the metrics: requests, jobs, memory; never who or what. */
import { elapsed } from "./clock.ts";

/** Seconds up to which requests are counted, as Prometheus wants them: each holds those before it. */
export const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const;

/** What a process has counted since it started. */
export interface Meters {
  /** Requests by `METHOD class`, such as `GET 2xx`. */
  requests: Record<string, number>;
  /** Requests that took at most the bound of the same place; all of them in the last. */
  buckets: number[];
  /** Seconds that all requests took together. */
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
const methods = ["GET", "HEAD", "POST", "PUT", "DELETE"];

/** Counts an answered request. */
export function countRequest(method: string, status: number, ms: number): void {
  const known = methods.includes(method) ? method : "other";
  const key = `${known} ${Math.floor(status / 100)}xx`;
  counted.requests[key] = (counted.requests[key] ?? 0) + 1;
  counted.seconds += ms / 1000;
  const at = bounds.findIndex((bound) => ms <= bound * 1000);
  for (let n = at < 0 ? bounds.length : at; n <= bounds.length; n++) counted.buckets[n]!++;
}

/** Counts a job that was run; `from` is when it began, by `elapsed`. */
export function countJob(name: string, outcome: "done" | "failed", from: number): void {
  const key = `${name} ${outcome}`;
  counted.jobs[key] = (counted.jobs[key] ?? 0) + 1;
  counted.jobSeconds[name] = (counted.jobSeconds[name] ?? 0) + (elapsed() - from) / 1000;
}

/** What stands before the meters of a child on its way to the supervisor. */
export const meterMark = "\u0001meters ";
const everyMs = 5_000;

/** Tells the supervisor every five seconds what was counted, until the signal. */
export function tellMeters(stop: AbortSignal): void {
  const encoder = new TextEncoder();
  const tell = () => {
    counted.memory = Deno.memoryUsage().rss;
    try {
      Deno.stderr.writeSync(encoder.encode(`${meterMark}${JSON.stringify(counted)}\n`));
    } catch {
      // Nobody listens any more.
    }
  };
  tell();
  const timer = setInterval(tell, everyMs);
  stop.addEventListener("abort", () => clearInterval(timer), { once: true });
}
