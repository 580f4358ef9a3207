/** The app behind a real port, and a browser's side of its streams. */
import { createApp } from "../../routes/app.tsx";
import { Streams } from "../../routes/streams.ts";
import { openPool } from "../../db/pool.ts";
import { type Client, errors, type TestApp } from "./app.ts";

export interface Web {
  url: string;
  streams: Streams;
  /** Stops like a web process: streams first, then running requests. */
  stop(): Promise<void>;
}

/** Another web process of the same installation, with its own pool, hub and port. */
export async function serve(
  { db, services }: TestApp,
  { max = 4, beat = 25_000 } = {},
): Promise<Web> {
  const pool = openPool(db.appUrl, { max, name: "kompaktcrm streams" });
  const streams = new Streams(pool, services.log, beat);
  const app = createApp({ ...services, pool, streams });
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const server = Deno.serve(options, (request, info) => app.fetch(request, info));
  await Promise.resolve();
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    streams,
    async stop() {
      streams.close();
      await server.shutdown();
      await pool.end({ timeout: 1 });
    },
  };
}

/** The headers of a person's browser. */
export const headersOf = (who: Client) => ({
  Cookie: `session=${who.cookies.get("session")}`,
  "Accept-Language": "de",
});

/** A stream as EventSource reads it: the counts sent, beats, and whether it has ended. */
export class Listening {
  readonly counts: number[] = [];
  readonly labels: string[] = [];
  beats = 0;
  ended = false;
  #stop = new AbortController();

  constructor(readonly status: number, readonly headers: Headers) {}

  static async open(web: Web, who: Client): Promise<Listening> {
    const stop = new AbortController();
    const answer = await fetch(`${web.url}/notifications/stream`, {
      headers: headersOf(who),
      redirect: "manual",
      signal: stop.signal,
    });
    const listening = new Listening(answer.status, answer.headers);
    listening.#stop = stop;
    if (answer.status !== 200) await answer.body?.cancel();
    else listening.#read(answer.body!).finally(() => listening.ended = true);
    return listening;
  }

  async #read(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    let rest = "";
    try {
      // A fetch's signal may be collected once its answer is there; a pipe keeps its own.
      const { signal } = this.#stop;
      for await (const text of body.pipeThrough(new TextDecoderStream(), { signal })) {
        const parts = (rest + text).split("\n\n");
        rest = parts.pop() ?? "";
        for (const part of parts) {
          if (part === ":") this.beats++;
          const data = /^data: (.+)$/m.exec(part)?.[1];
          if (!data) continue;
          const { unread, label } = JSON.parse(data);
          this.counts.push(unread);
          this.labels.push(label);
        }
      }
    } catch (error) {
      if (!this.#stop.signal.aborted) errors.push([error]);
    }
  }

  /** Closes the browser's side. */
  leave(): void {
    this.#stop.abort();
  }
}
