/** Removes a tenant's lines from the log files of past days, to which nobody writes any more. */
import { join } from "node:path";
import { alone } from "../log_writers.ts";

/** The day in a log file's name. */
const dated = /(\d{4}-\d{2}-\d{2})[^/]*\.(jsonl|log)(\.gz)?$/;

/**
 * Removes every line that names the tenant from log files of days before `today`. Returns how many.
 * A file is replaced as a whole, so an interruption leaves either the old or the new one.
 */
export async function stripLogs(folder: string, tenantId: string, today: string): Promise<number> {
  let count = 0;
  const names: string[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) if (isFile) names.push(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  for (const name of names) {
    const day = dated.exec(name)?.[1];
    // Nobody compresses or shortens a file while it is being read.
    if (day && day < today) count += await alone(folder, () => strip(join(folder, name), tenantId));
  }
  return count;
}

async function strip(path: string, tenantId: string): Promise<number> {
  const packed = path.endsWith(".gz");
  const file = await Deno.open(path).catch((error) => {
    // Rotated or removed meanwhile.
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (!file) return 0;
  const source = packed
    ? file.readable.pipeThrough(new DecompressionStream("gzip"))
    : file.readable;
  const lines = (await new Response(source).text()).split("\n");
  const left = lines.filter((line) => !line.includes(tenantId));
  if (left.length === lines.length) return 0;
  const text = new Blob([left.join("\n")]).stream();
  const draft = `${path}.new`;
  await Deno.writeFile(
    draft,
    packed ? text.pipeThrough(new CompressionStream("gzip") as never) : text,
    { mode: 0o600 },
  );
  await Deno.rename(draft, path);
  return lines.length - left.length;
}
