/** The mail process's listener in the test's own process, and a sender controlled line by line. */
import { connect, type Socket } from "node:net";
import type { Inbound } from "../../db/inbound_settings.ts";
import { lookup, renew } from "../../db/inbound_addresses.ts";
import type { Rate } from "../../jobs/inbound/limits.ts";
import { listen, type Listener } from "../../jobs/inbound/listener.ts";
import type { Person } from "./cast.ts";
import type { TestApp } from "./app.ts";

export const domain = "in.crm.example";

export interface Door extends Listener {
  /** What it logged as errors. */
  errors: unknown[];
}

/** A listener on a free port of this machine. */
export async function openDoor(
  { services }: TestApp,
  more: Partial<Inbound> & { longest?: number; address?: Rate } = {},
): Promise<Door> {
  const { longest, address, ...inbound } = more;
  const errors: unknown[] = [];
  const listener = await listen({
    inbound: { protocol: "smtp", host: "127.0.0.1", port: 0, domain, ...inbound },
    store: services.config,
    pool: services.pool,
    log: { debug() {}, warn() {}, error: (...all: unknown[]) => void errors.push(all) },
    longest,
    address,
  });
  return Object.assign(listener, { errors });
}

/** A person's own address for copies and forwards, created if there is none. */
export async function addressOf(person: Person): Promise<string> {
  return await person.scope(async (scope) => {
    if (!await lookup(scope, person.userId)) await renew(scope, person.userId);
    return `${(await lookup(scope, person.userId))!.localPart}@${domain}`;
  });
}

/** A conversation step by step: sends a line and reads the answer. */
export class Talk {
  /** The first line from the other side. */
  greeting = "";
  private text = "";
  private over = false;
  private waiting: (() => void)[] = [];

  private constructor(readonly socket: Socket) {
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      this.text += chunk;
      this.wake();
    });
    const end = () => {
      this.over = true;
      this.wake();
    };
    socket.on("close", end).on("error", end);
  }

  /** Connects and reads the greeting. */
  static async with(port: number, host = "127.0.0.1"): Promise<Talk> {
    const talk = new Talk(connect({ host, port }));
    talk.greeting = await talk.hear();
    return talk;
  }

  /** Sends lines with line breaks added, and reads one answer. */
  async say(...lines: string[]): Promise<string> {
    this.socket.write(lines.map((line) => `${line}\r\n`).join(""));
    return await this.hear();
  }

  /** The next answer with all its lines; `closed` if the other side has gone. */
  async hear(): Promise<string> {
    for (;;) {
      const answer = /^(?:\d{3}-[^\n]*\n)*\d{3} [^\n]*\n/.exec(this.text)?.[0];
      if (answer) {
        this.text = this.text.slice(answer.length);
        return answer.trim();
      }
      if (this.over) return "closed";
      await new Promise<void>((done) => this.waiting.push(done));
    }
  }

  hangUp(): void {
    this.socket.destroy();
  }

  private wake(): void {
    for (const done of this.waiting.splice(0)) done();
  }
}
