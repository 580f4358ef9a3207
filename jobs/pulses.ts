/**
 * Signs of life: each child reports to the supervisor every five seconds, and one that fell silent
 * is ended. A process that hangs does not die, yet the kernel keeps giving it its share of
 * connections, and its jobs wait.
 */

/** What a child writes to standard error as a sign of life, on a line of its own. */
export const pulseMark = "\u0001alive";
const everyMs = 5_000;
/** A minute: longer than any work that blocks a process without a pause. */
const mostMissed = 12;
/**
 * Five minutes for the first sign: whoever ends a slow start would end every further one as well.
 */
const mostAtStart = 60;

/**
 * Reports to the supervisor every five seconds that this process is alive, until the signal aborts.
 */
export function beat(stop: AbortSignal, { beatMs = everyMs } = {}): void {
  const line = new TextEncoder().encode(`${pulseMark}\n`);
  const send = () => {
    try {
      Deno.stderr.writeSync(line);
    } catch {
      // Nobody is listening any more.
    }
  };
  send();
  const timer = setInterval(send, beatMs);
  stop.addEventListener("abort", () => clearInterval(timer), { once: true });
}

/** How the supervisor monitors one child. */
export interface Pulse {
  /** Call when a sign of life has arrived. */
  heard(): void;
  /** Call when the child is gone and no sign is expected any more. */
  end(): void;
}

/**
 * Calls `silent` once, when a child has missed `missed` checks in a row, or `atStart` before its
 * first sign. It counts checks instead of time, because a supervisor that hangs itself cannot hear
 * anybody.
 */
export function follow(
  silent: () => void,
  { lookMs = everyMs, missed = mostMissed, atStart = mostAtStart } = {},
): Pulse {
  let looks = 0;
  let most = atStart;
  const timer = setInterval(() => {
    if (++looks < most) return;
    clearInterval(timer);
    silent();
  }, lookMs);
  return {
    heard() {
      looks = 0;
      most = missed;
    },
    end: () => clearInterval(timer),
  };
}
