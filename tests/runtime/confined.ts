/** Run under a process's permissions by a test: tries every way out and prints which one opened. */

import net from "node:net";
import { lookup } from "node:dns";

export interface Facts {
  /** Port that the permissions name. */
  allowed: number;
  /** Port of another server. */
  other: number;
  /** The folder of uploads. */
  files: string;
  /** The folder of keys. */
  keys: string;
}

const { allowed, other, files, keys }: Facts = JSON.parse(Deno.args[0] ?? "{}");
const library = Deno.build.os === "darwin" ? "/usr/lib/libSystem.dylib" : "libc.so.6";
const remote = `http://127.0.0.1:${other}/module.js`;

export const ways: Record<string, () => unknown> = {
  "connect to a host of its list": () => Deno.connect({ hostname: "127.0.0.1", port: allowed }),
  "connect elsewhere": () => Deno.connect({ hostname: "127.0.0.1", port: other }),
  "connect by another name": () => Deno.connect({ hostname: "localhost", port: other }),
  "connect by node": () => settled(net.connect({ host: "127.0.0.1", port: other }), "connect"),
  "send a datagram": () =>
    Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 })
      .send(new Uint8Array(1), { transport: "udp", hostname: "127.0.0.1", port: other }),
  "fetch": () => fetch(remote).then((answer) => answer.text()),
  "open a web socket": () => settled(new WebSocket(`ws://127.0.0.1:${other}/`), "open"),
  "ask for a name": () => Deno.resolveDns("example.invalid", "A"),
  "ask for a name by node": () =>
    new Promise((done, fail) => lookup("localhost", (error) => error ? fail(error) : done(0))),
  "import a remote module": () => import(remote),
  "start a remote worker": () =>
    settled(new Worker(remote, { type: "module" }), "message", (event) => event.preventDefault()),
  "listen at another port": () => Deno.listen({ hostname: "127.0.0.1", port: 0 }).close(),
  "run a program": () => new Deno.Command("/bin/true").output(),
  "run a program by node": async () => (await import("node:child_process")).execSync("true"),
  "load a library": () => Deno.dlopen(library, {}),
  "read a file of the machine": () => Deno.readTextFile("/etc/passwd"),
  "read the keys": () => Deno.readTextFile(`${keys}/secret_key`),
  "overwrite the keys": () => Deno.writeTextFile(`${keys}/secret_key`, ""),
  "use the tenants' keys": async () => {
    const path = `${keys}/data/key`;
    await Deno.writeTextFile(path, await Deno.readTextFile(path));
  },
  "write beside its folders": () => Deno.writeTextFile(`${files}/../stray`, ""),
  "write its files": () => Deno.writeTextFile(`${files}/upload`, "x"),
  "see the environment": () => {
    if (Deno.env.get("PATH") === undefined) throw new Error("unset");
  },
};

function settled(
  target: EventTarget | net.Socket,
  good: string,
  onError: (event: Event) => void = () => {},
): Promise<void> {
  return new Promise((done, fail) => {
    const failed = (event: Event) => {
      onError(event);
      fail(new Error("refused"));
    };
    if (target instanceof net.Socket) target.once(good, done).once("error", failed);
    else {
      target.addEventListener(good, () => done());
      target.addEventListener("error", failed);
    }
  });
}

if (import.meta.main) {
  const open: string[] = [];
  for (const [way, attempt] of Object.entries(ways)) {
    try {
      await attempt();
      open.push(way);
    } catch {
      continue;
    }
  }
  console.log(JSON.stringify(open));
  Deno.exit(0);
}
