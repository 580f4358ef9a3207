/**
 * Appends lines to a day's log files, which processes share under the folder's lock, so that lines
 * are never mixed or written to a file being compressed; when a part is full, a new one is started
 * instead of renaming files.
 */
import { join } from "node:path";
import { now } from "./clock.ts";

/** Bytes after which a day's next part is started. */
const partSize = 16 * 1024 * 1024;

/** The part last written to, by stream and day. */
const parts = new Map<string, number>();

/** The name of a part: the first one of a day has no number. */
const partName = (stream: string, day: string, part: number): string =>
  `${stream}-${day}${part > 1 ? `.${part}` : ""}.jsonl`;

/**
 * Runs `work` while no other process writes to or compresses a file of the folder. The lock is a
 * file of its own that is never removed: a web process may not even check whether a file exists.
 */
export async function alone<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = await Deno.open(join(folder, ".lock"), { write: true, create: true, mode: 0o600 });
  try {
    await lock.lock(true);
    return await work();
  } finally {
    lock.close();
  }
}

/** Appends complete lines to the day's newest part: all of them or, if this throws, none. */
export async function append(
  folder: string,
  stream: string,
  text: string,
  most = partSize,
  day = now().toISOString().slice(0, 10),
): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  await alone(folder, async () => {
    while (!await appendTo(join(folder, partName(stream, day, newest(stream, day))), bytes, most)) {
      parts.set(`${stream}-${day}`, newest(stream, day) + 1);
    }
  });
}

/** Returns false, having written nothing, if the file is full. */
async function appendTo(path: string, bytes: Uint8Array, most: number): Promise<boolean> {
  const file = await Deno.open(path, { append: true, create: true, mode: 0o600 });
  try {
    const size = await file.seek(0, Deno.SeekMode.End);
    if (size >= most) return false;
    try {
      for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await file.write(rest));
    } catch (error) {
      // A full disk cut the lines short: they are written in full another time.
      await file.truncate(size);
      throw error;
    }
    return true;
  } finally {
    file.close();
  }
}

/** The same for the end of a process, without waiting for locks. */
export function appendNow(folder: string, stream: string, text: string): void {
  const day = now().toISOString().slice(0, 10);
  const path = join(folder, partName(stream, day, newest(stream, day)));
  Deno.writeTextFileSync(path, text, { append: true, mode: 0o600 });
}

/**
 * The part that this process last wrote to; a new process searches from the first for one with
 * room.
 */
function newest(stream: string, day: string): number {
  const key = `${stream}-${day}`;
  if (parts.size > 20 && !parts.has(key)) parts.clear();
  return parts.get(key) ?? 1;
}
