/** The running product: starts alone, recovers, logs nothing personal, stops in order. */

import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import postgres from "postgres";
import { keptSecret } from "../../db/kept_secrets.ts";
import {
  again,
  eventually,
  firstService,
  freePort,
  isRunning,
  newFolder,
  newService,
  postmaster,
  Service,
} from "./service.ts";

const ask = async (service: Service, path = "/health/ready") => {
  const response = await fetch(`${service.url}${path}`, { signal: AbortSignal.timeout(10_000) });
  await response.body?.cancel();
  return response.status;
};

const owner = (service: Service) => {
  const password = encodeURIComponent(keptSecret(service.dataDir, "postgres_password"));
  const { port } = postmaster(service.dataDir);
  return postgres(`postgres://postgres:${password}@127.0.0.1:${port}/kompaktcrm`, { max: 1 });
};

Deno.test("one start serves, heals its processes and stops without leaving anything", async (t) => {
  await using first = await firstService();
  await first.ready();
  let service = first;

  await t.step("it answers", async () => {
    equal(await ask(service), 200);
    equal((await service.children("web")).length, 2);
  });

  await t.step("secrets and logs are for the owner's eyes only", async () => {
    for (const path of ["keys", "logs", "files", "postgres"]) {
      equal((await Deno.stat(`${service.dataDir}/${path}`)).mode! & 0o077, 0, path);
    }
    for (const key of ["secret_key", "postgres_password"]) {
      equal((await Deno.stat(`${service.dataDir}/keys/${key}`)).mode! & 0o777, 0o600, key);
    }
  });

  await t.step("PostgreSQL runs as an ordinary user, with checksums, on loopback", async () => {
    const { pid } = postmaster(service.dataDir);
    const ps = await new Deno.Command("ps", { args: ["-o", "uid=", "-p", String(pid)] }).output();
    ok(Number(new TextDecoder().decode(ps.stdout)) > 0);
    const sql = owner(service);
    const [row] = await sql`
      select
        current_setting('data_checksums') as checksums,
        current_setting('listen_addresses') as addresses,
        current_setting('fsync') as fsync,
        current_setting('log_error_verbosity') as verbosity
    `;
    await sql.end();
    deepEqual({ ...row }, {
      checksums: "on",
      addresses: "127.0.0.1",
      fsync: "on",
      verbosity: "terse",
    });
  });

  await t.step("a second start on the same folder is refused and harms nothing", async () => {
    const second = again(service, service.port + 1);
    const { code } = await second.status;
    await second.stop();
    equal(code, 75);
    match(second.output, /already running on the data folder/);
    equal(await ask(service), 200);
  });

  await t.step(
    "after kill -9 the next start succeeds at once, has all data, and nothing old stays behind",
    async () => {
      const sql = owner(service);
      await sql`comment on database kompaktcrm is 'kept'`;
      await sql.end();
      const processes = [
        postmaster(service.dataDir).pid,
        ...await service.children("web"),
        ...await service.children("jobs"),
      ];
      service.kill("SIGKILL");
      service = again(first);
      await service.ready();
      await eventually(() => !processes.some(isRunning));
      equal(await ask(service), 200);
      const after = owner(service);
      const [row] = await after`
        select shobj_description(oid, 'pg_database') as comment
        from pg_database
        where datname = 'kompaktcrm'
      `;
      equal(row!.comment, "kept");
      await after.end();
    },
  );
  await using _next = service;

  await t.step("a web process killed with -9 is started again, the others answer", async () => {
    const before = await service.children("web");
    // While the supervisor is stopped nothing replaces the dead process.
    service.kill("SIGSTOP");
    Deno.kill(before[0]!, "SIGKILL");
    // What waited in the queue of the dead one is reset; a browser asks again, and so does this.
    await eventually(() => ask(service).then((status) => status === 200, () => false));
    ok(isRunning(before[1]!));
    service.kill("SIGCONT");
    await eventually(async () => {
      const after = await service.children("web");
      return after.length === 2 && !after.includes(before[0]!);
    });
  });

  await t.step("what a dying process says reaches the log, without colours", async () => {
    const [pid] = await service.children("jobs");
    Deno.kill(pid!, "SIGABRT");
    await eventually(() => logged(service).includes("process ended and is started again"));
    ok(!logged(service).includes("\\u001b"));
  });

  await t.step(
    "PostgreSQL killed with -9 comes back on its port, and the pages with it",
    async () => {
      const before = postmaster(service.dataDir);
      Deno.kill(before.pid, "SIGKILL");
      await eventually(() => restarted(service, before.pid));
      equal(postmaster(service.dataDir).port, before.port);
      await eventually(() => ask(service).then((status) => status === 200, () => false));
    },
  );

  await t.step("no log holds what a visitor typed or a row contained", async () => {
    const canary = "kanarie";
    const answer = await fetch(`${service.url}/login?next=${canary}`, {
      method: "POST",
      headers: { origin: `http://localhost:${service.port}`, "user-agent": canary },
      body: new URLSearchParams({ email: `${canary}@example.org`, password: canary }),
    });
    await answer.body?.cancel();
    const sql = owner(service);
    await sql`create table canaries (email text unique, born date)`;
    await sql`insert into canaries (email) values (${`${canary}@example.org`})`;
    await rejects(sql`insert into canaries (email) values (${`${canary}@example.org`})`);
    await rejects(sql.unsafe(`insert into canaries (born) values ('${canary}')`));
    await rejects(sql.unsafe(`select '${canary}' from ${canary}`));
    await sql`drop table canaries`;
    await sql.end();
    await eventually(() => logged(service).includes("/login") || logged(service).includes("POST"));
    await eventually(() => logged(service).includes("duplicate key value"));
    ok(!logged(service).includes(canary), linesWith(logged(service), canary));
    ok(!service.output.includes(canary), linesWith(service.output, canary));
  });

  await t.step("SIGTERM lets a running request end, and a second signal is the same", async () => {
    const { pid } = postmaster(service.dataDir);
    const children = [...await service.children("web"), ...await service.children("jobs")];
    const backends = await childrenOf(pid);
    // A silent database keeps the request running: no backend answers, and no new one comes.
    const silent = [pid, ...backends];
    for (const process of silent) Deno.kill(process, "SIGSTOP");
    const running = await Visit.begin(service);
    await eventually(() => running.isRead());
    service.kill("SIGTERM");
    service.kill("SIGINT");
    await eventually(() => refused(service));
    equal(running.answer, "");
    for (const process of silent) if (isRunning(process)) Deno.kill(process, "SIGCONT");
    match(await running.end(), /^HTTP\/1\.1 303 [^]*\nlocation: \/setup\r/);
    equal((await service.status).code, 0);
    await eventually(() => logged(service).includes('"stopped"'));
    for (const process of [pid, ...children, ...backends]) ok(!isRunning(process), `${process}`);
  });
});

Deno.test("a port in use is named and nothing is left running", async () => {
  await using service = await newService();
  const taken = Deno.listen({ hostname: "127.0.0.1", port: service.port });
  const { code } = await service.status;
  taken.close();
  await service.stop();
  equal(code, 78);
  match(service.output, new RegExp(`Port ${service.port} is in use`));
  ok(!/stopp/.test(service.output), "what never ran is not reported as stopped");
});

Deno.test("of two that are started on one port at once, one is refused", async () => {
  await using one = await newService();
  await using other = await newService({}, one.port);
  const refused = await Promise.race([one, other].map((each) => each.status.then(() => each)));
  equal((await refused.status).code, 78);
  match(refused.output, new RegExp(`Port ${one.port} is in use`));
  await (refused === one ? other : one).ready();
});

Deno.test("a file where a folder has to be is named, without a stack", async () => {
  const dataDir = await newFolder();
  await Deno.writeTextFile(`${dataDir}/backups`, "");
  await using service = new Service(dataDir, freePort());
  equal((await service.status).code, 78);
  await service.stop();
  equal(
    service.output.trim(),
    `DATA_DIR/backups must be a folder that this user can write to: ${dataDir}/backups`,
  );
});

Deno.test("a database that is away ends the start with 69 and a plain sentence", async () => {
  const url = "postgres://crm:canary@127.0.0.1:1/crm";
  await using service = await newService({ DATABASE_URL: url });
  const { code } = await service.status;
  await service.stop();
  equal(code, 69);
  match(service.output, /The database at 127\.0\.0\.1:1 cannot be reached: start it/);
  ok(!service.output.includes("canary"));
});

/** A request whose way can be followed into the process that answers it. */
class Visit {
  answer = "";
  private readonly over: Promise<void>;

  private constructor(private readonly socket: Deno.TcpConn, private readonly port: number) {
    this.over = (async () => {
      for await (const text of socket.readable.pipeThrough(new TextDecoderStream())) {
        this.answer += text;
      }
    })();
  }

  static async begin({ port }: Service): Promise<Visit> {
    const socket = await Deno.connect({ hostname: "127.0.0.1", port });
    const request = "GET /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    await socket.write(new TextEncoder().encode(request));
    return new Visit(socket, port);
  }

  /** Whether a process has accepted the connection and taken what was sent, as the kernel reports. */
  isRead(): boolean {
    const own = (this.socket.localAddr as Deno.NetAddr).port;
    const ends = [this.port, own].map((port) =>
      `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`
    );
    const [, , , , queues, , , , , inode] = Deno.readTextFileSync("/proc/net/tcp").split("\n")
      .map((line) => line.trim().split(/\s+/))
      .find(([, local, remote]) => local === ends[0] && remote === ends[1]) ?? [];
    return queues?.endsWith(":00000000") === true && inode !== "0";
  }

  /** The whole answer. */
  async end(): Promise<string> {
    await this.over;
    return this.answer;
  }
}

/** Whether nobody listens there any more. */
const refused = ({ port }: Service): Promise<boolean> =>
  Deno.connect({ hostname: "127.0.0.1", port }).then(
    (socket) => (socket.close(), false),
    (error) => error instanceof Deno.errors.ConnectionRefused,
  );

/** Whether another postmaster runs; its note is away or half written while it begins. */
function restarted(service: Service, old: number): boolean {
  try {
    const { pid, port } = postmaster(service.dataDir);
    return pid > 0 && port > 0 && pid !== old;
  } catch {
    return false;
  }
}

function logged(service: Service): string {
  const folder = `${service.dataDir}/logs`;
  return [...Deno.readDirSync(folder)]
    .map(({ name }) => Deno.readTextFileSync(`${folder}/${name}`)).join("\n");
}

const linesWith = (text: string, word: string) =>
  text.split("\n").filter((line) => line.includes(word)).join("\n");

async function childrenOf(parent: number): Promise<number[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-Ao", "pid=,ppid="] }).output();
  return new TextDecoder().decode(stdout).split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, ppid]) => ppid === parent).map(([pid]) => pid!);
}
