/** Hosts that others name: their addresses are judged before anything there can notice. */
import { deepEqual, equal } from "node:assert/strict";
import type { Socket } from "node:net";
import { dial } from "../db/dials.ts";
import { isPublic } from "../db/network_addresses.ts";
import { faultOf as mailboxFault, open } from "../jobs/mailboxes/connections.ts";
import { faultOf, tryOut } from "../jobs/wire.ts";
import { rawFake } from "./support/processors.ts";

/** A port of this machine that listens, and one where nothing does. */
function ports() {
  const [listening, gone] = [rawFake("* OK\r\n"), rawFake("")];
  gone.close();
  return { listening, all: [listening.port, gone.port] };
}

/** Every way to write this machine. */
const dresses = ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f.1", "::1", "::ffff:7f00:1"];

const outcome = (socket: Socket) =>
  new Promise<string>((resolve) => {
    socket.once("connect", () => resolve("connected"));
    socket.once("error", (error) => resolve((error as { code?: string }).code ?? error.message));
  }).finally(() => socket.destroy());

Deno.test("an address that is not fit is not connected to, whether anything listens there or not", async () => {
  const { listening, all } = ports();
  const came = [];
  for (const host of dresses) {
    for (const port of all) came.push(await outcome(dial(host, port, isPublic)));
  }
  deepEqual([...new Set(came)], ["EPRIVATE"]);
  equal(listening.connections(), 0);
  const judged: string[] = [];
  const fits = (address: string) => judged.push(address) > 0;
  equal(await outcome(dial("localhost", listening.port, fits)), "connected");
  equal(judged.every((address) => ["127.0.0.1", "::1"].includes(address)), true);
  listening.close();
});

Deno.test("mail servers of users are judged the same, encrypted or not, and told apart by no word", async () => {
  const { listening, all } = ports();
  const words = new Set<string>();
  for (const port of all) {
    for (const secure of [true, false]) {
      const server = { host: "localhost", port, secure, requireTLS: false, publicOnly: true };
      words.add(await tryOut(server).then(() => "reached", faultOf));
      const mailbox = {
        host: "localhost",
        port,
        security: secure ? "tls" as const : "starttls" as const,
        username: "a",
        password: "b",
      };
      const opened = open(mailbox as Parameters<typeof open>[0], true);
      words.add(await opened.then(() => "reached", mailboxFault));
    }
  }
  deepEqual([...words], ["private"]);
  equal(listening.connections(), 0);
  listening.close();
});
