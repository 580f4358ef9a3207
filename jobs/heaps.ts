/** Gives back the memory that only the start of a process needed. */

/** V8's collector, which `--expose-gc` provides. */
interface Collector {
  gc?: (options: { type: "major"; flavor: "last-resort" }) => void;
}

const everyMs = 5_000;
/** Less than a request or a job leaves behind. */
const quietBytes = 500_000;

/**
 * Collects everything once, as soon as the process was idle for five seconds, unless the signal
 * aborts before. V8 keeps the young generation that it filled while loading, and may never collect
 * a process with nothing to do. Takes some tenths of a second.
 */
export function tidyOnce(stop: AbortSignal, { lookMs = everyMs } = {}): void {
  const { gc } = globalThis as Collector;
  if (!gc) return;
  let before = Infinity;
  const timer = setInterval(() => {
    const { heapUsed } = Deno.memoryUsage();
    const grown = heapUsed - before;
    before = heapUsed;
    // Less than before: V8 has collected by itself, and the next look will tell.
    if (grown < 0 || grown > quietBytes) return;
    clearInterval(timer);
    gc({ type: "major", flavor: "last-resort" });
  }, lookMs);
  stop.addEventListener("abort", () => clearInterval(timer), { once: true });
}
