/** Loads one row of the bench: autocannon asks, every answer is timed and judged. */
// @ts-types="./autocannon.d.ts"
import autocannon from "autocannon";

export interface Ask {
  method?: "GET" | "POST";
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface Row {
  name: string;
  /** What is asked for the n-th time. */
  ask: (n: number) => Ask;
  /** The only status that counts as an answer. */
  status: number;
  /** Asks for compressed answers as browsers do. */
  compressed?: boolean;
}

export interface Load {
  url: string;
  /** Those of one signed-in session each; connections take them in turn. */
  headers: Record<string, string>[];
  connections: number;
  seconds: number;
}

/** Rates are answers per second, times milliseconds. */
export interface Figures {
  rate: number;
  p50: number;
  p95: number;
  p99: number;
  /** Answers of another status, broken connections and timeouts; one is enough to fail the row. */
  errors: number;
  /** Bytes of one answer, on average, headers included. */
  bytes: number;
}

/** Asks for a row for some seconds over several connections. */
export async function load(
  row: Row,
  { url, headers, connections, seconds }: Load,
): Promise<Figures> {
  const times: number[] = [];
  let errors = 0;
  let bytes = 0;
  let asked = 0;
  const encoding = row.compressed ? "zstd, br, gzip" : "identity";
  const next = (request: autocannon.Request): autocannon.Request => {
    const { method = "GET", path, headers: own, body } = row.ask(asked);
    const all = { ...headers[asked++ % headers.length], "accept-encoding": encoding, ...own };
    return { ...request, method, path, headers: all, body };
  };
  const running = autocannon({
    url,
    connections,
    duration: seconds,
    timeout: 10,
    requests: [{ setupRequest: next }],
  });
  running.on("response", (_client, status, size, milliseconds) => {
    if (status !== row.status) errors++;
    else times.push(milliseconds);
    bytes += size;
  });
  const result = await running;
  const answers = times.length + errors;
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    rate: times.length / result.duration,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    errors: errors + result.errors + result.timeouts,
    bytes: answers > 0 ? Math.round(bytes / answers) : 0,
  };
}

/** The run in the middle by its rate; errors are those of all runs together. */
export function median(runs: Figures[]): Figures {
  const sorted = runs.toSorted((a, b) => a.rate - b.rate);
  const errors = runs.reduce((sum, run) => sum + run.errors, 0);
  return { ...sorted[Math.floor(sorted.length / 2)]!, errors };
}
