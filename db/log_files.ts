/**
 * How log files age: compressed after their day, addresses shortened after 7 days, removed when the
 * period of their class is over, each step completing the new file before it removes the old one,
 * so that it can be killed and run again without losing or repeating a line.
 */
import { join } from "node:path";
import { constants, gunzipSync, gzipSync } from "node:zlib";
import { newId } from "./ids.ts";
import { linesIn } from "./line_streams.ts";
import { countWhole, shortenText } from "./log_addresses.ts";
import { daysBetween } from "./local_times.ts";
import type { LogClass } from "./log.ts";
import { alone } from "./log_writers.ts";
import { removeFile, syncFolder } from "./storage.ts";

/** How long log files are kept, in days. */
export interface LogPeriods {
  /** The access log with full addresses. */
  addresses: number;
  /** The access log with shortened addresses. */
  access: number;
  /** What the program says about itself, including PostgreSQL's own lines. */
  app: number;
  /** Who signed in, and what operators did: identifiers only. */
  audit: number;
  /** What became of jobs. */
  jobs: number;
  /** What became of mails. */
  mail: number;
}

/** The longest periods that the policy allows (clauses 3.1, 5.1; BGH III ZR 391/13). */
export const longest: LogPeriods = {
  addresses: 7,
  access: 90,
  app: 90,
  audit: 365,
  jobs: 30,
  mail: 30,
};

/** What a nightly run did, and what it found afterwards. */
export interface LogRun {
  packed: number;
  shortened: number;
  removed: number;
  /** Files checked for addresses that should be shortened by now. */
  looked: number;
  /** Full addresses found there; there should be none. */
  whole: number;
}

interface LogFile {
  name: string;
  /** Stream and day with the number of the part. */
  stem: string;
  stream: LogClass;
  day: string;
  part: number;
  short: boolean;
  gzip: boolean;
}

const named =
  /^((app|access|audit|jobs|mail|postgres)[a-z-]*-(\d{4}-\d{2}-\d{2})(?:\.(\d+))?)(\.short)?\.(jsonl|log)(\.gz)?$/;

/**
 * Ages the files of a log folder as of a day (`YYYY-MM-DD`). A line is shortened and removed by the
 * last run before its period ends. Throws, leaving the old file untouched, if the disk is full.
 */
export async function ageLogs(
  folder: string,
  today: string,
  periods: LogPeriods = longest,
): Promise<LogRun> {
  const run: LogRun = { packed: 0, shortened: 0, removed: 0, looked: 0, whole: 0 };
  await removeDrafts(folder, today);
  // An unreadable file must not keep others from ageing: the run goes on and fails at the end.
  const faults: unknown[] = [];
  const attempt = (work: () => Promise<void>) => work().catch((error) => void faults.push(error));
  const end = async (file: LogFile) => {
    const age = daysBetween(file.day, today);
    const isAccess = file.stream === "access";
    if (age >= periods[file.stream]) {
      await removeFile(join(folder, file.name));
      run.removed++;
    } else if (isAccess && !file.short && age >= periods.addresses - 1) {
      if (await replace(folder, file, `${file.stem}.short.jsonl.gz`, shortenText)) run.shortened++;
    } else if (!file.gzip && age >= 1) {
      const target = file.name.replace(/\.(jsonl|log)$/, ".$1.gz");
      if (await replace(folder, file, target, (text) => text)) run.packed++;
    }
  };
  for (const file of await files(folder)) await attempt(() => end(file));
  for (const file of await files(folder)) {
    if (file.stream !== "access" || daysBetween(file.day, today) < periods.addresses) continue;
    run.looked++;
    await attempt(async () => void (run.whole += countWhole(await present(folder, file.name))));
  }
  if (faults.length > 0) throw faults[0];
  return run;
}

/** Whether the search finds a full address planted for it; the file is removed again. */
export async function plantedIsFound(folder: string): Promise<boolean> {
  const name = `.control-${newId()}.jsonl.gz`;
  await write(folder, name, gzipSync('{"ip":"203.0.113.77"}\n'));
  const found = countWhole(await read(folder, name));
  await removeFile(join(folder, name));
  return found === 1;
}

/** The lines of a stream from one day to another, file by file in order. */
export async function* linesBetween(
  folder: string,
  stream: string,
  from: string,
  to: string,
): AsyncGenerator<string> {
  const found = (await files(folder))
    .filter((file) => file.stream === stream && file.day >= from && file.day <= to)
    .sort((a, b) => a.day < b.day ? -1 : a.day > b.day ? 1 : a.part - b.part);
  for (const { name } of found) yield await read(folder, name);
}

/** The complete lines of a compressed file. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  const file = await Deno.open(path);
  yield* linesIn(file.readable.pipeThrough(new DecompressionStream("gzip") as never));
}

async function files(folder: string): Promise<LogFile[]> {
  const found: LogFile[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) {
    const match = isFile ? named.exec(name) : null;
    if (!match) continue;
    const [, stem, stream, day, part, short, , gzip] = match;
    const rest = { part: Number(part ?? 1), short: Boolean(short), gzip: Boolean(gzip) };
    found.push({ name, stem: stem!, stream: classOf(stream!), day: day!, ...rest });
  }
  return found;
}

/** PostgreSQL's own lines belong to the class `app`. */
const classOf = (stream: string) => (stream === "postgres" ? "app" : stream) as LogClass;

async function read(folder: string, name: string): Promise<string> {
  const bytes = await Deno.readFile(join(folder, name));
  if (!name.endsWith(".gz")) return new TextDecoder().decode(bytes);
  // If a file was cut off, everything before that point counts.
  return new TextDecoder().decode(gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }));
}

/** Removes what killed runs and searches left behind, once nobody can be using it any more. */
async function removeDrafts(folder: string, today: string): Promise<void> {
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (!isFile || !/\.new$|^\.(control|search)-/.test(name)) continue;
    const { mtime } = await Deno.lstat(join(folder, name)).catch(() => ({ mtime: null }));
    if (mtime && mtime.toISOString().slice(0, 10) < today) await removeFile(join(folder, name));
  }
}

/**
 * Replaces a file by a changed, compressed copy; false when another process was faster. An existing
 * target was left by a killed run or holds other lines of that day: those are kept.
 */
async function replace(
  folder: string,
  file: LogFile,
  target: string,
  change: (text: string) => string,
): Promise<boolean> {
  return await alone(folder, async () => {
    const source = await read(folder, file.name).catch(missing);
    if (source === null) return false;
    const text = change(source);
    const there = target === file.name ? "" : await present(folder, target);
    const whole = there.endsWith(text) ? there : text.startsWith(there) ? text : there + text;
    if (whole !== there || there === "") await write(folder, target, gzipSync(whole));
    if (target !== file.name) await removeFile(join(folder, file.name));
    return true;
  });
}

const missing = (error: unknown): null => {
  if (error instanceof Deno.errors.NotFound) return null;
  throw error;
};

const present = async (folder: string, name: string): Promise<string> =>
  await read(folder, name).catch(missing) ?? "";

async function write(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const draft = join(folder, `${name}.new`);
  try {
    const file = await Deno.open(draft, { write: true, create: true, truncate: true, mode: 0o600 });
    try {
      for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await file.write(rest));
      await file.sync();
    } finally {
      file.close();
    }
    await Deno.rename(draft, join(folder, name));
  } catch (error) {
    await removeFile(draft).catch(() => {});
    throw error;
  }
  await syncFolder(folder);
}
