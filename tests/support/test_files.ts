/**
 * Tracks which test file is running, if several share a process, because each has its own
 * resources.
 */

type Work = () => unknown;

let current = "";
const entered = new Map<string, Work[]>();
const left = new Map<string, Work[]>();

/** The path of the current file; empty if it runs alone. */
export const currentFile = (): string => current;

/** Continues with another file, or with none. */
export async function enterFile(path: string): Promise<void> {
  current = path;
  for (const work of entered.get(path) ?? []) await work();
}

/**
 * Runs `work` whenever the current file is resumed: for what the product keeps once per process.
 */
export function whenEntered(work: Work): void {
  entered.set(current, [...entered.get(current) ?? [], work]);
}

/** Runs `work` when the current file's last test is done. */
export function whenLeft(work: Work): void {
  left.set(current, [...left.get(current) ?? [], work]);
}

const done: Work[] = [];

/** Runs `work` when the last of the files that share this process is done. */
export function whenDone(work: Work): void {
  done.push(work);
}

/** Ends what all files of this process have shared. */
export async function leaveAll(): Promise<void> {
  for (const work of done.splice(0)) await work();
}

/** Ends what the current file has opened. */
export async function leaveFile(): Promise<void> {
  const all = left.get(current) ?? [];
  left.delete(current);
  for (const work of all.reverse()) await work();
}

/** The result of `make`, made once for each file. */
export function oncePerFile<T>(make: () => T): () => T {
  const made = new Map<string, T>();
  return () => {
    if (!made.has(current)) made.set(current, make());
    return made.get(current)!;
  };
}
