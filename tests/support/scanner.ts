/** A fake clamd that speaks INSTREAM like the real one; it knows one virus. */
import { Buffer } from "node:buffer";

/** What every scanner finds: the EICAR test file. */
export const eicar = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

/** How the fake behaves. */
export type Manner =
  | "well"
  /** Reports that the stream is too long, and closes the connection. */
  | "limited"
  /** Closes the connection in the middle. */
  | "rude"
  /** Answers something that no clamd says. */
  | "babbling";

export interface FakeScanner extends AsyncDisposable {
  port: number;
  manner: Manner;
  /** The bytes of every stream that it received, complete or not. */
  seen: Buffer[];
  /** Awaited before each answer. */
  before(): Promise<void>;
}

/** Starts one at a free port, or at a socket. */
export function fakeScanner(path?: string): FakeScanner {
  const listener = path
    ? Deno.listen({ transport: "unix", path })
    : Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const fake: FakeScanner = {
    port: path ? 0 : (listener.addr as Deno.NetAddr).port,
    manner: "well",
    seen: [],
    before: () => Promise.resolve(),
    async [Symbol.asyncDispose]() {
      listener.close();
      await serving;
    },
  };
  const serving = (async () => {
    const talks: Promise<void>[] = [];
    for await (const connection of listener as Deno.Listener) talks.push(talk(fake, connection));
    await Promise.all(talks);
  })();
  return fake;
}

async function talk(fake: FakeScanner, connection: Deno.Conn): Promise<void> {
  const reader = connection.readable.getReader();
  let held = Buffer.alloc(0);
  const take = async (size: number) => {
    while (held.length < size) {
      const { done, value } = await reader.read();
      if (done) throw new Error("hung up");
      held = Buffer.concat([held, value]);
    }
    const bytes = held.subarray(0, size);
    held = held.subarray(size);
    return bytes;
  };
  const say = (text: string) => connection.write(new TextEncoder().encode(`${text}\0`));
  const shown: Buffer[] = [];
  try {
    if ((await take(10)).toString() !== "zINSTREAM\0") {
      await say("UNKNOWN COMMAND");
      return;
    }
    for (;;) {
      const size = (await take(4)).readUInt32BE();
      if (size === 0) break;
      shown.push(await take(size));
      if (fake.manner === "rude") return;
      if (fake.manner === "limited") {
        await say("INSTREAM size limit exceeded. ERROR");
        return;
      }
    }
    const found = Buffer.concat(shown).includes(eicar);
    await fake.before();
    if (fake.manner === "babbling") await say("HTTP/1.1 200 OK");
    else await say(found ? "stream: Eicar-Test-Signature FOUND" : "stream: OK");
  } catch {
    // Connection closed: what was received until then is kept below.
  } finally {
    fake.seen.push(Buffer.concat(shown));
    reader.releaseLock();
    try {
      connection.close();
    } catch {
      // The other side was faster.
    }
  }
}
