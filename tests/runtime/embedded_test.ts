/** The embedded database: shared with commands, and started over whatever a kill left behind. */

import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { childEnvironment } from "../../db/config.ts";
import { openDatabase, startEmbedded } from "../../db/embedded.ts";
import { initdbCause } from "../../db/embedded_cluster.ts";
import { keptSecret, madeSecret } from "../../db/kept_secrets.ts";
import { DataDirBusy, lockDataDir } from "../../db/locks.ts";
import { sharedMemory } from "../../db/postmaster.ts";
import { eventually, isRunning, postmaster } from "./service.ts";

const newSecret = () => randomBytes(32).toString("base64");

async function withFolder(work: (dataDir: string) => Promise<void>): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "kompaktcrm-pg-" });
  try {
    await work(dataDir);
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2 });
  return await sql`select 1`.then(() => true, () => false).finally(() => sql.end({ timeout: 1 }));
}

/** A process that starts the database, reports when it is up, and waits to be killed. */
function owner(dataDir: string): Deno.ChildProcess {
  const code = `
    import { openDatabase } from "./db/embedded.ts";
    const { adminUrl } = await openDatabase({ dataDir: Deno.args[0] });
    console.log("up");
    setInterval(() => {}, 1000);
  `;
  return new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=ts", code, dataDir],
    cwd: new URL("../../", import.meta.url),
    clearEnv: true,
    env: childEnvironment(),
    stdout: "piped",
  }).spawn();
}

Deno.test("a command starts the database alone, a second one joins it, the last one stops it", async () => {
  await withFolder(async (dataDir) => {
    const first = await openDatabase({ dataDir });
    const { pid } = postmaster(dataDir);
    const second = await openDatabase({ dataDir });
    equal(second.adminUrl, first.adminUrl);
    const closing = first.close();
    await new Promise((done) => setTimeout(done, 300));
    equal(await answers(second.adminUrl), true);
    await second.close();
    await closing;
    equal(isRunning(pid), false);
  });
});

Deno.test("a folder that is held is refused with the process that holds it", async () => {
  await withFolder(async (dataDir) => {
    const lock = await lockDataDir(dataDir, "server");
    await rejects(lockDataDir(dataDir, "server"), (error: unknown) => {
      match((error as DataDirBusy).message, new RegExp(`already running.*process ${Deno.pid}`));
      return error instanceof DataDirBusy;
    });
    lock.release();
    (await lockDataDir(dataDir, "command")).release();
  });
});

Deno.test("a half-made cluster is created again", async () => {
  await withFolder(async (dataDir) => {
    await Deno.mkdir(`${dataDir}/postgres.new/base`, { recursive: true });
    await Deno.writeTextFile(`${dataDir}/postgres.new/PG_VERSION`, "18\n");
    const database = await startEmbedded(dataDir);
    equal(await answers(database.adminUrl), true);
    await database.stop();
  });
});

Deno.test("a cluster is made beside one that an orphan of a killed start still writes", async () => {
  await withFolder(async (dataDir) => {
    const orphan = new Deno.Command("/bin/sh", {
      args: [
        "-c",
        'while [ -e "$1/stop" ]; do mkdir -p "$1/postgres.new/$((n += 1))" 2>/dev/null; done',
        "sh",
        dataDir,
      ],
    });
    await Deno.writeTextFile(`${dataDir}/stop`, "");
    const writing = orphan.spawn();
    try {
      const begun = () => Deno.stat(`${dataDir}/postgres.new/1`).then(() => true, () => false);
      await eventually(begun);
      const database = await startEmbedded(dataDir);
      equal(await answers(database.adminUrl), true);
      await database.stop();
    } finally {
      await Deno.remove(`${dataDir}/stop`);
      await writing.status;
    }
  });
});

Deno.test("a database beside the keys of another one says how to go on, and is left stopped", async () => {
  await withFolder(async (dataDir) => {
    const database = await startEmbedded(dataDir);
    const { pid } = postmaster(dataDir);
    await database.stop();
    await Deno.writeTextFile(`${dataDir}/keys/postgres_password`, newSecret());
    await rejects(startEmbedded(dataDir), {
      name: "WrongSecret",
      message: /was made with other keys than those in .*keys: put its own keys there/,
    });
    equal(isRunning(pid), false);
    await rejects(Deno.stat(`${dataDir}/postgres/postmaster.pid`), Deno.errors.NotFound);
  });
});

Deno.test("a secret that a crash left empty, or half a database, starts nothing", async () => {
  await withFolder(async (dataDir) => {
    await Deno.mkdir(`${dataDir}/keys`);
    for (const text of ["", "abc", "\0".repeat(44)]) {
      await Deno.writeTextFile(`${dataDir}/keys/secret_key`, text);
      throws(() => keptSecret(dataDir, "secret_key"), {
        name: "WrongSecret",
        message: /secret_key holds no key: put it back from its copy, or remove it/,
      });
    }
    await Deno.mkdir(`${dataDir}/postgres/base`, { recursive: true });
    await rejects(startEmbedded(dataDir), {
      name: "EmbeddedError",
      message: /holds no whole PostgreSQL: put it back from its copy, or move it away/,
    });
  });
});

Deno.test("without a temporary folder the first start goes on, or says what is wrong", async () => {
  await withFolder(async (dataDir) => {
    const code = `
      import { prepareCluster } from "./db/embedded_cluster.ts";
      await prepareCluster(Deno.args[0], "a word").then(
        () => console.log("made"),
        (error) => console.log(error.name, error.message),
      );
    `;
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--ext=ts", code, dataDir],
      cwd: new URL("../../", import.meta.url),
      clearEnv: true,
      env: { ...childEnvironment(), TMPDIR: `${dataDir}/nowhere` },
      stderr: "null",
    }).output();
    // Root hands the cluster to another user, who may not be let into the data folder.
    const expected = Deno.uid() === 0
      ? /^EmbeddedError No temporary file can be written/
      : /^made$/m;
    match(new TextDecoder().decode(stdout), expected);
  });
});

Deno.test("a first start that fails reports initdb's error, not its clean-up", () => {
  const end =
    'Aborted\nchild process exited with exit code 134\ninitdb: removing data directory "x"';
  const full =
    "2026-11-28 03:04:01.008 UTC [47] FATAL:  could not extend file: No space left on device";
  equal(
    initdbCause(
      `${full}\n2026-11-28 03:04:01.008 UTC [47] HINT:  Check free disk space.\n${end}\n`,
    ),
    "could not extend file: No space left on device",
  );
  const files = "2026-11-28 03:04:01 UTC [47] FATAL:  insufficient file descriptors available";
  equal(
    initdbCause(`${files}\n2026-11-28 03:04:01 UTC [47] DETAIL:  System allows 56.\n${end}\n`),
    "insufficient file descriptors available: System allows 56.",
  );
  match(
    initdbCause("initdb: could not look up effective user ID 4711: user does not exist\n"),
    /4711: user does not exist; add that user to \/etc\/passwd, or set DATABASE_URL\.$/,
  );
  equal(
    initdbCause('initdb: error: no "postgres"\ninitdb: hint: x'),
    'initdb: error: no "postgres"',
  );
  equal(initdbCause(end), "child process exited with exit code 134");
});

Deno.test("a cluster of another PostgreSQL is left alone and named", async () => {
  await withFolder(async (dataDir) => {
    madeSecret(dataDir, "postgres_password");
    await Deno.mkdir(`${dataDir}/postgres`);
    await Deno.writeTextFile(`${dataDir}/postgres/PG_VERSION`, "17\n");
    await rejects(startEmbedded(dataDir), /holds PostgreSQL 17; this program needs 18/);
  });
});

Deno.test("an orphaned PostgreSQL, its owner and guard killed, is stopped before the next start", async () => {
  await withFolder(async (dataDir) => {
    await using process = owner(dataDir);
    await process.stdout.pipeThrough(new TextDecoderStream()).getReader().read();
    const { pid } = postmaster(dataDir);
    Deno.kill(await parentOf(pid), "SIGKILL");
    process.kill("SIGKILL");
    await process.status;
    equal(isRunning(pid), true);
    const database = await openDatabase({ dataDir });
    equal(isRunning(pid), false);
    equal(await answers(database.adminUrl), true);
    await database.close();
  });
});

Deno.test("where shared memory is a container's usual 64 MB, files of the folder serve", async () => {
  // A file system without any room.
  const small = sharedMemory("/proc");
  deepEqual(small, { dynamic_shared_memory_type: "mmap" });
  deepEqual(sharedMemory("/nowhere"), {});
  await withFolder(async (dataDir) => {
    const server = await startEmbedded(dataDir, small);
    const sql = postgres(server.adminUrl, { max: 1 });
    await sql`set debug_parallel_query = on`;
    await sql`create table numbers as select n from generate_series(1, 20000) n`;
    const [row] = await sql`select count(*)::int as n from numbers a join numbers b using (n)`;
    equal(row!.n, 20_000);
    await sql.end();
    await server.stop();
  });
});

Deno.test("a pid file whose number belongs to another process now does not stop the start", async () => {
  await withFolder(async (dataDir) => {
    const before = await startEmbedded(dataDir);
    const note = await Deno.readTextFile(`${dataDir}/postgres/postmaster.pid`);
    await before.stop();
    const stranger = new Deno.Command("sleep", { args: ["60"] }).spawn();
    await Deno.writeTextFile(
      `${dataDir}/postgres/postmaster.pid`,
      note.replace(/^\d+/, String(stranger.pid)),
    );
    const database = await startEmbedded(dataDir);
    equal(await answers(database.adminUrl), true);
    equal(isRunning(stranger.pid), true);
    stranger.kill();
    await stranger.status;
    await database.stop();
  });
});

Deno.test("the database ends by itself when its owner is killed", async () => {
  await withFolder(async (dataDir) => {
    await using process = owner(dataDir);
    await process.stdout.pipeThrough(new TextDecoderStream()).getReader().read();
    const { pid } = postmaster(dataDir);
    process.kill("SIGKILL");
    await process.status;
    await eventually(() => !isRunning(pid));
  });
});

async function parentOf(pid: number): Promise<number> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "ppid=", "-p", String(pid)] })
    .output();
  return Number(new TextDecoder().decode(stdout));
}
