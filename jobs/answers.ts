/** Whether the web processes serve by now: the start is over once they answer. */
import { elapsed, pause } from "../db/clock.ts";
import type { Config } from "../db/config.ts";

export interface Patience {
  /** Milliseconds that every start may take, whatever its processes do. */
  usualMs: number;
  /** Milliseconds that a slow machine may take, as long as its processes stay alive. */
  mostMs: number;
}

/** As long as `pulses.ts` waits for a first sign of life. */
const usual: Patience = { usualMs: 30_000, mostMs: 300_000 };

/**
 * Waits until a web process is ready. Returns false if none is in time: after the usual time when
 * `faltering` says that processes keep ending, otherwise after the longest. `slow` is called once,
 * after the usual time.
 */
export async function answering(
  config: Pick<Config, "host" | "port">,
  { faltering, slow }: { faltering: () => boolean; slow: () => void },
  { usualMs, mostMs }: Patience = usual,
): Promise<boolean> {
  const from = elapsed();
  let told = false;
  while (elapsed() - from < mostMs) {
    if (await isReady(config)) return true;
    if (elapsed() - from > usualMs) {
      if (faltering()) return false;
      if (!told) slow();
      told = true;
    }
    await pause(50);
  }
  return false;
}

async function isReady({ host, port }: Pick<Config, "host" | "port">): Promise<boolean> {
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const url = `http://${name.includes(":") ? `[${name}]` : name}:${port}/health/ready`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // Not listening yet.
    return false;
  }
}
