/** How long a conversation with another server may last, however active it is. */
import { equal, ok } from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { Bounds, dial } from "../db/dials.ts";
import { faultOf, open } from "../jobs/mailboxes/connections.ts";

/** A server of this machine that speaks as `speak` does. */
async function server(speak: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const listening = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    speak(socket);
  });
  await new Promise<void>((done) => listening.listen(0, "127.0.0.1", done));
  return {
    port: (listening.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => listening.close(done));
    },
  };
}

/** Says something now and then, as long as somebody listens. */
function drip(socket: Socket, line: string): void {
  const saying = setInterval(() => socket.write(line), 20);
  socket.once("close", () => clearInterval(saying));
}

Deno.test("a connection ends after its time, and after its bytes unless something new was asked", async () => {
  await using lively = await server((socket) => drip(socket, "a".repeat(1_000)));
  const codeOf = async (bounds: Bounds, work = () => {}) => {
    const socket = dial("127.0.0.1", lively.port, () => true);
    bounds.hold(socket);
    socket.on("data", work);
    const [error] = await once(socket, "error").catch((error) => [error]);
    bounds.end();
    return error.code;
  };
  equal(await codeOf(new Bounds({ longest: 300, largest: 1e9 })), "ETIMEDOUT");
  equal(await codeOf(new Bounds({ longest: 60_000, largest: 10_000 })), "EPROTOCOL");
  const asked = new Bounds({ longest: 1_500, largest: 20_000 });
  equal(await codeOf(asked, () => asked.renew(20_000)), "ETIMEDOUT");
});

Deno.test("a mailbox's server that never ends its answer is left, however lively it is", async () => {
  for (const word of ["greeting", "LOGIN", "LIST", "SEARCH"]) {
    await using lively = await server((socket) => {
      if (word === "greeting") return drip(socket, "* OK noch etwas\r\n");
      socket.write("* OK hier\r\n");
      socket.on("data", (bytes) => {
        for (const line of bytes.toString().split("\r\n").filter((each) => each !== "")) {
          if (line.includes(` ${word}`)) return drip(socket, "* OK noch etwas\r\n");
          if (line.includes("CAPABILITY")) socket.write("* CAPABILITY IMAP4rev1\r\n");
          if (line.includes("EXAMINE")) socket.write("* 1 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n");
          socket.write(`${line.split(" ")[0]} OK fertig\r\n`);
        }
      });
    });
    const login = { host: "127.0.0.1", port: lively.port, username: "u", password: "p" };
    const mailbox = { ...login, name: "", address: "", security: "none" } as const;
    const read = async () => {
      const client = await open(mailbox as never, false, { opening: 1_500, whole: 3_000 });
      const lock = await client.getMailboxLock("INBOX", { readOnly: true });
      lock.release();
      await client.list();
      await client.search({ uid: "1:*" }, { uid: true });
    };
    const error = await read().then(() => null, (error) => error);
    ok(error, word);
    ok(["timeout", "closed"].includes(faultOf(error)), `${word}: ${faultOf(error)}`);
  }
});
