/** Files on their way through ClamAV: clamd's INSTREAM, run during the sealing, not before. */
import { Buffer } from "node:buffer";
import type { Scanner } from "./scanner_settings.ts";

/** The scanner found something. */
export class FileInfected extends Error {
  override name = "FileInfected";
}

/** The scanner is unreachable or could not check the file: then the file is refused. */
export class ScannerAway extends Error {
  override name = "ScannerAway";
}

const connectWithinMs = 5_000;
/** The largest archives take clamd some seconds; proxies wait for a minute. */
const answerWithinMs = 45_000;
const command = new TextEncoder().encode("zINSTREAM\0");

/**
 * Passes the bytes on and sends them to clamd; completes only if nothing was found. Throws
 * FileInfected, ScannerAway, or whatever `bytes` throws.
 */
export async function* scanned(
  at: Scanner,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const connection = await connect(at);
  try {
    await send(connection, command);
    for await (const chunk of bytes) {
      // A length of zero would end the stream.
      if (chunk.length > 0) await send(connection, lengthOf(chunk), chunk);
      yield chunk;
    }
    await send(connection, new Uint8Array(4));
    judge(await answer(connection));
  } finally {
    connection.close();
  }
}

/** Why bytes must not be kept; null if nothing speaks against it. */
export type Virus = "infected" | "scanner_away" | null;

/** What the scanner says about bytes already in memory; nothing where none is set up. */
export async function screen(at: Scanner | undefined, bytes: Uint8Array): Promise<Virus> {
  if (!at) return null;
  const whole = async function* () {
    yield bytes;
  };
  try {
    for await (const _ of scanned(at, whole()));
    return null;
  } catch (error) {
    if (error instanceof FileInfected) return "infected";
    if (error instanceof ScannerAway) return "scanner_away";
    throw error;
  }
}

function judge(answer: string): void {
  if (answer === "stream: OK") return;
  throw / FOUND$/.test(answer) ? new FileInfected() : new ScannerAway();
}

function lengthOf(chunk: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(chunk.length);
  return bytes;
}

async function connect(at: Scanner): Promise<Deno.Conn> {
  const opening: Promise<Deno.Conn> = "path" in at
    ? Deno.connect({ transport: "unix", path: at.path })
    : Deno.connect({ hostname: at.host, port: at.port });
  return await within(connectWithinMs, opening, () => {
    // A connection that opens too late is no longer wanted.
    opening.then((late) => late.close(), () => {});
  });
}

async function send(connection: Deno.Conn, ...parts: Uint8Array[]): Promise<void> {
  for (const part of parts) {
    for (let at = 0; at < part.length;) {
      at += await within(answerWithinMs, connection.write(part.subarray(at)));
    }
  }
}

/** Everything clamd sends until it closes its answer. */
async function answer(connection: Deno.Conn): Promise<string> {
  const bytes = new Uint8Array(1024);
  let size = 0;
  while (size < bytes.length && !bytes.subarray(0, size).includes(0)) {
    const read = await within(answerWithinMs, connection.read(bytes.subarray(size)));
    if (read === null) break;
    size += read;
  }
  return new TextDecoder().decode(bytes.subarray(0, size)).replace(/\0[\s\S]*$/, "").trim();
}

/** The result of a step with the scanner; ScannerAway if it fails or takes too long. */
async function within<T>(ms: number, step: Promise<T>, onLate = () => {}): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      onLate();
      fail(new ScannerAway());
    }, ms);
  });
  try {
    return await Promise.race([step, late]);
  } catch {
    throw new ScannerAway();
  } finally {
    clearTimeout(timer);
  }
}
