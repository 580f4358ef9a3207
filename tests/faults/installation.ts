/** A whole product to be broken: its own folder, its own mail server, one person signed in. */
import { equal } from "node:assert/strict";
import { elapsed } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import { keptSecret } from "../../db/kept_secrets.ts";
import { openPool, type Sql } from "../../db/pool.ts";
import { type Mailbox, mailbox } from "../support/mailbox.ts";
import { setupFields } from "../support/setup.ts";
import { eventually, freePort, newService, postmaster, Service } from "../runtime/service.ts";
import { Visitor } from "../runtime/visitors.ts";
import { type Wire, wire } from "../support/wires.ts";

/** What came back; status 0 where the connection broke. */
export interface Answer {
  status: number;
  retryAfter: string | null;
  text: string;
  /** Where a redirect leads. */
  location: string;
}

export class Installation {
  private readonly visitor = new Visitor();

  private constructor(
    public service: Service,
    readonly mail: Mailbox,
    /** Between the product and its mail server. */
    readonly wire: Wire,
    private readonly env: Record<string, string>,
  ) {}

  /** Starts and sets up a product, in a folder of its own where none is named. */
  static async open(dataDir?: string): Promise<Installation> {
    const mail = await mailbox();
    const line = wire(Number(new URL(mail.smtpUrl).port));
    const env = { SMTP_URL: `smtp://127.0.0.1:${line.port}` };
    const service = dataDir ? new Service(dataDir, freePort(), env) : await newService(env);
    const installation = new Installation(await service.ready(), mail, line, env);
    const link = /http:\S+(\/setup\/\S+)/.exec(service.output)![1]!;
    equal((await installation.ask(link, setupFields)).status, 303);
    return installation;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.service[Symbol.asyncDispose]();
    this.wire.cut();
    await this.mail.close();
  }

  /** One request of the person; never throws for what is on the wire. */
  async ask(path: string, fields?: Record<string, string>): Promise<Answer> {
    try {
      const answer = await this.visitor.ask(this.service, path, fields);
      return {
        status: answer.status,
        retryAfter: answer.headers.get("Retry-After"),
        text: await answer.text(),
        location: answer.headers.get("Location") ?? "",
      };
    } catch {
      return { status: 0, retryAfter: null, text: "", location: "" };
    }
  }

  /** Uploads a file as the person's browser does; the path of its import. */
  async upload(content: string): Promise<string> {
    const body = new FormData();
    body.append("file", new File([content], "kontakte.csv"));
    const answer = await this.visitor.send(this.service, "/imports/new", body);
    await answer.body?.cancel();
    equal(answer.status, 303);
    return new URL(answer.headers.get("Location")!, this.service.url).pathname;
  }

  /** Asks the database as its owner, over a connection of its own. */
  async owner<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const password = encodeURIComponent(keptSecret(this.service.dataDir, "postgres_password"));
    const { port } = postmaster(this.service.dataDir);
    const sql = openPool(`postgres://postgres:${password}@127.0.0.1:${port}/kompaktcrm`, {
      max: 1,
    });
    return await work(sql).finally(() => sql.end({ timeout: 1 }));
  }

  /** How many contacts have this last name, and how many of them differ. */
  async count(lastName: string): Promise<{ rows: number; persons: number }> {
    return await this.owner(async (sql) => {
      const [row] = await sql<[{ rows: number; persons: number }]>`
        select count(*)::int as rows, count(distinct first_name)::int as persons
        from contacts
        where last_name = ${lastName}
      `;
      return { ...row };
    });
  }

  /** Enters contacts one by one; what is not taken is sent again, as its form would be. */
  async enter(lastName: string, count: number, pauseMs = 0): Promise<{ again: number }> {
    let again = 0;
    for (let n = 0; n < count; n++) {
      const fields = { id: newId(), firstName: `P${n}`, lastName, origin: "card" };
      for (;;) {
        const { status, text } = await this.ask("/contacts/new", fields);
        if (status === 303) break;
        if (![0, 503].includes(status)) throw new Error(`${status}: ${text.slice(0, 2_000)}`);
        again++;
        await pause(100);
      }
      if (pauseMs > 0) await pause(pauseMs);
    }
    return { again };
  }

  /** Whether it says that it is fit to answer. */
  ready = async (): Promise<boolean> => (await this.ask("/health/ready")).status === 200;

  /** Ends the database with nobody to start it again, until the returned function is called. */
  async withoutDatabase(): Promise<() => void> {
    const { pid } = postmaster(this.service.dataDir);
    this.service.kill("SIGSTOP");
    Deno.kill(pid, "SIGKILL");
    await eventually(async () => (await this.ask("/health/ready")).status === 503);
    return () => this.service.kill("SIGCONT");
  }

  /** Kills the supervisor with -9 and starts the product again on what it left; seconds to ready. */
  async killAndStart(): Promise<number> {
    this.service.kill("SIGKILL");
    await this.service.stop();
    const from = elapsed();
    this.service = new Service(this.service.dataDir, this.service.port, this.env);
    await this.service.ready();
    return (elapsed() - from) / 1000;
  }

  /** The numbers of the database's processes, its postmaster first. */
  async database(): Promise<number[]> {
    const { pid } = postmaster(this.service.dataDir);
    const { stdout } = await new Deno.Command("ps", { args: ["-Ao", "pid=,ppid="] }).output();
    const rows = new TextDecoder().decode(stdout).trim().split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number));
    return [pid, ...rows.filter(([, parent]) => parent === pid).map(([child]) => child!)];
  }
}

export const pause = (milliseconds: number) =>
  new Promise<void>((done) => setTimeout(done, milliseconds));
