/**
 * What the virus scanner said about the files of mails: asked while no transaction is open, because
 * a slow scanner must not hold a connection.
 */
import { createHash } from "node:crypto";
import type { Scanner } from "./scanner_settings.ts";
import { screen, type Virus } from "./virus_scans.ts";

/** Verdicts by digest; null where no scanner is set up. */
export type Verdicts = ReadonlyMap<string, Virus> | null;

/** Thrown by a transaction that would keep files nobody has scanned yet. */
class Unscanned extends Error {
  override name = "Unscanned";

  constructor(readonly files: readonly Uint8Array[]) {
    super("files have to be scanned first");
  }
}

/**
 * Runs `work`, which opens a transaction; each time that meets files without a verdict, it is
 * rolled back, the files are scanned, and it runs again. Throws whatever `work` throws.
 */
export async function scanFirst<T>(
  at: Scanner | undefined,
  work: (verdicts: Verdicts) => Promise<T>,
): Promise<T> {
  if (!at) return await work(null);
  const verdicts = new Map<string, Virus>();
  for (;;) {
    try {
      return await work(verdicts);
    } catch (error) {
      if (!(error instanceof Unscanned)) throw error;
      for (const bytes of error.files) verdicts.set(digestOf(bytes), await screen(at, bytes));
    }
  }
}

/** The verdict on each file. Throws `Unscanned`, which only `scanFirst` may catch. */
export function verdictsOn(
  verdicts: Verdicts,
  files: readonly Uint8Array[],
): Virus[] {
  if (verdicts === null) return files.map(() => null);
  const digests = files.map(digestOf);
  const missing = files.filter((_, index) => !verdicts.has(digests[index]!));
  if (missing.length > 0) throw new Unscanned(missing);
  return digests.map((digest) => verdicts.get(digest) ?? null);
}

const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
