/** A real IMAP server with mailboxes of its own, if the machine has one: Debian's dovecot-imapd. */
import { Buffer } from "node:buffer";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { ImapFlow } from "imapflow";
import { freePort } from "../runtime/service.ts";
import { selfSigned } from "./certificates.ts";

export const password = "geheim-und-lang";

/** Where the server's program is, or null. */
const program = await (async () => {
  for (const path of ["/usr/sbin/dovecot", "/usr/bin/dovecot", "/usr/local/sbin/dovecot"]) {
    if (await Deno.stat(path).then(() => true, () => false)) return path;
  }
  return null;
})();

/** Why these tests are skipped; null if they run. */
export const missing = program ? null : "no dovecot on this machine: apt-get install dovecot-imapd";

/** A test that needs the server; if that is missing, the test is reported as not run. */
export function imapTest(name: string, work: () => Promise<void>): void {
  if (missing) console.log(`not run: ${name} (${missing})`);
  Deno.test({ name, ignore: missing !== null, fn: work });
}

export class Dovecot {
  private constructor(
    private readonly folder: string,
    readonly port: number,
    readonly tlsPort: number,
    private child: Deno.ChildProcess,
  ) {}

  /** Starts it in a folder of its own; the log-in `bob` and any other name has a mailbox. */
  static async start(): Promise<Dovecot> {
    const folder = await Deno.makeTempDir({ prefix: "kompaktcrm-imap-" });
    const [port, tlsPort] = [freePort(), freePort()];
    await Deno.mkdir(`${folder}/run`);
    await Deno.mkdir(`${folder}/mail`);
    const { cert, key } = selfSigned("localhost");
    await Deno.writeTextFile(`${folder}/cert.pem`, cert);
    await Deno.writeTextFile(`${folder}/key.pem`, key);
    const isRoot = Deno.uid() === 0;
    // It refuses to read mail as root.
    const uid = isRoot ? 65534 : Deno.uid()!;
    const gid = isRoot ? 65534 : Deno.gid()!;
    if (isRoot) {
      await Deno.chown(`${folder}/mail`, uid, gid);
      await Deno.chmod(folder, 0o755);
    }
    await Deno.writeTextFile(
      `${folder}/dovecot.conf`,
      settings({ folder, port, tlsPort, uid, gid }),
    );
    const server = new Dovecot(folder, port, tlsPort, run(folder));
    await server.ready();
    return server;
  }

  /** The path of the certificate that it shows. */
  get certificate(): string {
    return `${this.folder}/cert.pem`;
  }

  /** A mail program of the user, logged in for the duration of the work. */
  async as<T>(user: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({
      host: "127.0.0.1",
      port: this.port,
      secure: false,
      doSTARTTLS: false,
      auth: { user, pass: password },
      logger: false,
    });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout().catch(() => {});
      client.close();
    }
  }

  /** Puts a mail into a folder. */
  async deliver(user: string, raw: Uint8Array, folder = "INBOX", at?: Date): Promise<void> {
    await this.as(user, (client) => client.append(folder, Buffer.from(raw), [], at));
  }

  /** Permanently deletes mails of a folder: all, or those in a range of numbers. */
  async expunge(user: string, range = "1:*", folder = "INBOX"): Promise<void> {
    await this.as(user, async (client) => {
      const lock = await client.getMailboxLock(folder);
      await client.messageDelete(range, { uid: true });
      lock.release();
    });
  }

  /** Makes the server renumber a user's mails, as after a restored backup. */
  async renumber(user: string): Promise<void> {
    await this.end();
    for await (const { name, isDirectory } of Deno.readDir(`${this.folder}/mail/${user}`)) {
      const path = `${this.folder}/mail/${user}/${name}`;
      if (/^dovecot/.test(name)) await Deno.remove(path, { recursive: true });
      else if (isDirectory && name.startsWith(".")) {
        for await (const inner of Deno.readDir(path)) {
          if (/^dovecot/.test(inner.name)) {
            await Deno.remove(`${path}/${inner.name}`, { recursive: true });
          }
        }
      }
    }
    // The new identifier is the time in seconds, so it must differ from the old one.
    await new Promise((done) => setTimeout(done, 1_100));
    this.child = run(this.folder);
    await this.ready();
  }

  /** Ends it at the end of the test process, when nothing can be awaited. */
  drop(): void {
    try {
      this.child.kill("SIGTERM");
      Deno.removeSync(this.folder, { recursive: true });
    } catch {
      // It has ended already, or is just ending.
    }
  }

  private async end(): Promise<void> {
    try {
      this.child.kill("SIGTERM");
    } catch {
      // It has ended already.
    }
    await this.child.status;
  }

  private async ready(): Promise<void> {
    for (let tries = 0;; tries++) {
      try {
        const connection = await Deno.connect({ hostname: "127.0.0.1", port: this.port });
        connection.close();
        return;
      } catch (error) {
        if (tries > 100) throw error;
        await new Promise((done) => setTimeout(done, 50));
      }
    }
  }
}

/** A relay to the server that refuses every search, as an overloaded server would. */
export async function refusingSearch(port: number): Promise<AsyncDisposable & { port: number }> {
  const open = new Set<Socket>();
  const relay = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => {});
    }
    far.pipe(near);
    near.on("data", (bytes) => {
      const tag = /^(\S+) UID SEARCH/.exec(bytes.toString())?.[1];
      if (tag) near.write(`${tag} NO [UNAVAILABLE] later\r\n`);
      else far.write(bytes);
    });
  });
  await new Promise<void>((done) => relay.listen(0, "127.0.0.1", done));
  return {
    port: (relay.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((done) => relay.close(done));
    },
  };
}

const run = (folder: string): Deno.ChildProcess =>
  new Deno.Command(program!, {
    args: ["-F", "-c", `${folder}/dovecot.conf`],
    stdout: "null",
    stderr: "null",
  }).spawn();

interface Place {
  folder: string;
  port: number;
  tlsPort: number;
  uid: number;
  gid: number;
}

const settings = ({ folder, port, tlsPort, uid, gid }: Place) => `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
auth_failure_delay = 0
mail_max_userip_connections = 50
first_valid_uid = 1
mail_location = maildir:${folder}/mail/%u
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
service anvil {
  chroot =
}
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%u
}
namespace inbox {
  inbox = yes
  mailbox Gesendet {
    special_use = \\Sent
    auto = create
  }
  mailbox Archiv {
    auto = create
  }
}
`;
