/**
 * One owner for each data folder: an operating system file lock, which is released when its process
 * dies.
 */

import { join } from "node:path";

/** Who holds a data folder: the running service, or one command while it runs. */
export type Holder = "server" | "command";

/** A held lock; `release` may be called once. */
export interface Lock {
  release(): void;
}

/** Another process holds the data folder. */
export class DataDirBusy extends Error {
  override name = "DataDirBusy";

  constructor(readonly dataDir: string, readonly holder: string, readonly pid: string) {
    super(
      holder === "command"
        ? `A command is still working on the data folder ${dataDir} (process ${pid}).`
        : `kompaktCRM is already running on the data folder ${dataDir} (process ${pid}).`,
    );
  }
}

/** A folder that the operator has to mend before anything can start. */
export class FolderUnusable extends Error {
  override name = "FolderUnusable";
}

/** Makes a folder in the data folder, or that itself. Throws FolderUnusable. */
export async function makeFolder(dataDir: string, name = ""): Promise<void> {
  const folder = join(dataDir, name);
  try {
    await Deno.mkdir(folder, { recursive: true, mode: name === "" ? undefined : 0o700 });
  } catch (error) {
    const setting = name === "" ? "DATA_DIR" : `DATA_DIR/${name}`;
    throw new FolderUnusable(
      `${setting} must be a folder that this user can write to: ${folder}`,
      { cause: error },
    );
  }
}

/** Locks the data folder for this process. Throws DataDirBusy when another process holds it. */
export async function lockDataDir(dataDir: string, holder: Holder): Promise<Lock> {
  await makeFolder(dataDir);
  const file = await open(dataDir, "lock");
  if (!await file.tryLock(true)) {
    const [kind = "server", pid = "unknown"] = (await read(dataDir)).split(" ");
    file.close();
    throw new DataDirBusy(dataDir, kind, pid);
  }
  await file.truncate();
  await file.write(new TextEncoder().encode(`${holder} ${Deno.pid}\n`));
  return { release: () => file.close() };
}

/** Who holds a data folder and since when, by the disk's clock; null if that process has ended. */
export async function lockedBy(dataDir: string): Promise<{ holder: string; at: Date } | null> {
  try {
    const [holder = "", pid = ""] = (await read(dataDir)).split(" ");
    if (Deno.build.os === "linux") await Deno.stat(`/proc/${Number(pid)}`);
    const { mtime } = await Deno.stat(join(dataDir, "lock"));
    return mtime && { holder, at: mtime };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/**
 * Marks this process as a guest in another process's database; there may be many guests at once.
 */
export async function lockAsGuest(dataDir: string): Promise<Lock> {
  const file = await open(dataDir, "guests.lock");
  await file.lock(false);
  return { release: () => file.close() };
}

/** Waits up to a minute until no guest is left; true when all are gone. */
export async function guestsGone(dataDir: string): Promise<boolean> {
  const file = await open(dataDir, "guests.lock");
  try {
    for (let tries = 0; tries < 300; tries++) {
      if (await file.tryLock(true)) return true;
      await new Promise((done) => setTimeout(done, 200));
    }
    return false;
  } finally {
    file.close();
  }
}

const open = (dataDir: string, name: string) =>
  Deno.open(join(dataDir, name), { read: true, write: true, create: true, mode: 0o600 });

async function read(dataDir: string): Promise<string> {
  return (await Deno.readTextFile(join(dataDir, "lock"))).trim();
}
