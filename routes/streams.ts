/**
 * Open pages that wait for news (server-sent events). One connection hears for all of a process,
 * one query at a time asks for all who may have something new; an open stream itself costs neither.
 */
import type { AppLog } from "../db/log.ts";
import type { Sql } from "../db/pool.ts";
import * as sessions from "../db/sessions.ts";
import * as signals from "../db/signals.ts";

/** Whose stream it is, and how its news are written. */
export interface Listener {
  sessionId: string;
  /** The digest of the session's token, in hexadecimal. */
  digest: string;
  tenantId: string;
  userId: string;
  /** The one-line event with the number of unread notifications for the browser. */
  write: (unread: number) => string;
}

interface Stream extends Listener {
  controller: ReadableStreamDefaultController<Uint8Array>;
  /** The count it was sent last. */
  told: number;
}

/** Streams of one user in one process, and of all users: beyond them pages ask by themselves. */
export const most = { perUser: 6, perProcess: 5_000 };
/** Proxies cut off what is silent for a minute. */
const beatMs = 25_000;
/** Sessions looked up by one query. */
const batch = 100;
/** Bytes that may wait for a reader; one who takes nothing is let go. */
const waiting = 8_192;

const bytes = new TextEncoder();

/** The streams of one process. */
export class Streams {
  #streams = new Set<Stream>();
  #due = new Set<Stream>();
  #asking = false;
  #closed = false;
  #hearing = false;
  #beat: ReturnType<typeof setInterval> | undefined;

  constructor(readonly pool: Sql, readonly log: AppLog, readonly beat = beatMs) {}

  get size(): number {
    return this.#streams.size;
  }

  /** Opens a stream that is sent `unread` at once; null when there are too many, or all is closing. */
  open(listener: Listener, unread: number): ReadableStream<Uint8Array> | null {
    if (this.#closed || this.#streams.size >= most.perProcess) return null;
    const own = [...this.#streams].filter(({ userId }) => userId === listener.userId);
    if (own.length >= most.perUser) return null;
    this.#hear();
    this.#beat ??= setInterval(() => this.#tick(), this.beat);
    let stream: Stream;
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        stream = { ...listener, controller, told: unread };
        this.#streams.add(stream);
        // Browsers come back at different moments after a restart, not all at once.
        const retry = 2_000 + Math.floor(Math.random() * 4_000);
        this.#write(stream, `retry: ${retry}\n${event(listener.write(unread))}`);
        // What came between the page's query and this line would be missed otherwise.
        this.#ask([stream]);
      },
      cancel: () => this.#forget(stream),
    }, { highWaterMark: waiting, size: (chunk) => chunk?.byteLength ?? 0 });
  }

  /** Ends all streams, and takes no new ones: the process stops. */
  close(): void {
    this.#closed = true;
    for (const stream of this.#streams) this.#end(stream);
  }

  #hear(): void {
    if (this.#hearing) return;
    this.#hearing = true;
    signals.hear(
      this.pool,
      ({ about, id }) => {
        const key = about === "user" ? "userId" : "sessionId";
        this.#ask([...this.#streams].filter((stream) => stream[key] === id));
      },
      () => this.#ask(this.#streams),
    ).catch((error) => this.log.warn("signals are not heard yet", { code: error?.code }));
  }

  /** Keeps connections open, and finds what no signal reports: sessions that idled, signals lost. */
  #tick(): void {
    for (const stream of this.#streams) this.#write(stream, ":\n\n");
    this.#ask(this.#streams);
  }

  /** Looks up what holds now for some streams; while one look is under way the next ones gather. */
  async #ask(streams: Iterable<Stream>): Promise<void> {
    for (const stream of streams) this.#due.add(stream);
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#due.size > 0) {
        const some = [...this.#due].slice(0, batch);
        for (const stream of some) this.#due.delete(stream);
        await this.#send(some);
      }
    } catch (error) {
      // Pages keep what they know until the next beat.
      this.#due.clear();
      this.log.warn("streams were not notified", { code: (error as { code?: string }).code });
    } finally {
      this.#asking = false;
    }
  }

  async #send(streams: readonly Stream[]): Promise<void> {
    const digests = new Set(streams.map(({ digest }) => digest));
    const standings = await sessions.recheck(this.pool, [...digests]);
    const byDigest = new Map(standings.map((each) => [each.digest, each]));
    for (const stream of streams) {
      if (!this.#streams.has(stream)) continue;
      const standing = byDigest.get(stream.digest);
      if (standing?.tenantId !== stream.tenantId) this.#end(stream);
      else if (standing.unread !== stream.told) {
        stream.told = standing.unread;
        this.#write(stream, event(stream.write(standing.unread)));
      }
    }
  }

  #write(stream: Stream, text: string): void {
    if ((stream.controller.desiredSize ?? 0) <= 0) return this.#end(stream);
    stream.controller.enqueue(bytes.encode(text));
  }

  #end(stream: Stream): void {
    this.#forget(stream);
    stream.controller.close();
  }

  #forget(stream: Stream): void {
    this.#streams.delete(stream);
    this.#due.delete(stream);
    if (this.#streams.size > 0) return;
    clearInterval(this.#beat);
    this.#beat = undefined;
  }
}

const event = (data: string) => `event: unread\ndata: ${data}\n\n`;
