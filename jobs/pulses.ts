/**
 * Signs of life: each child tells the supervisor every five seconds that it goes on, and one that
 * fell silent is ended. A process that stands still does not die, yet the kernel goes on to give it
 * its share of the connections, and its jobs wait.
 */

/** What a child writes on its standard error as a sign of life, on a line of its own. */
export const pulseMark = "\u0001alive";
const everyMs = 5_000;
/** A minute: longer than any work that holds a process without a pause. */
const mostMissed = 12;
/** Five minutes for the first sign: who ends a slow start ends the next one as well, for ever. */
const mostAtStart = 60;

/** Tells the supervisor every five seconds that this process goes on, until the signal. */
export function beat(stop: AbortSignal, { beatMs = everyMs } = {}): void {
  const line = new TextEncoder().encode(`${pulseMark}\n`);
  const tell = () => {
    try {
      Deno.stderr.writeSync(line);
    } catch {
      // Nobody listens any more.
    }
  };
  tell();
  const timer = setInterval(tell, beatMs);
  stop.addEventListener("abort", () => clearInterval(timer), { once: true });
}

/** How the supervisor follows one child. */
export interface Pulse {
  /** A sign of life came. */
  heard(): void;
  /** The child is gone: nobody waits for it any more. */
  end(): void;
}

/**
 * Calls `silent` once, when a child has missed all of `missed` looks in a row, or all of `atStart`
 * before its first sign. Looks are counted and not time: while the supervisor itself stood still,
 * nobody could be heard.
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
