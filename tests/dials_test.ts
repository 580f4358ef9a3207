/** Hosts that others name: their addresses are judged before anything there can notice. */
import { deepEqual, equal } from "node:assert/strict";
import type { Socket } from "node:net";
import { dial } from "../db/dials.ts";
import { isElsewhere, isPublic } from "../db/network_addresses.ts";
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

Deno.test("a mail server of a user does not stand behind a public address of this machine", () => {
  const own = ["93.184.216.34", "10.0.0.7", "2a00:1450:4001:0:0:0:0:1", "fe80::1%eth0"]
    .map((address) => ({ address }));
  const refused = ["93.184.216.34", "::ffff:93.184.216.34", "2a00:1450:4001::1", "10.0.0.7"];
  for (const address of refused) equal(isElsewhere(address, own), false, address);
  for (const address of ["93.184.216.35", "2a00:1450:4001::2"]) {
    equal(isElsewhere(address, own), true, address);
  }
  equal(isElsewhere("127.0.0.1", []), false);
});

Deno.test("mail and mailbox of a user are refused there before anything is dialled", async () => {
  const real = Deno.networkInterfaces;
  const host = "93.184.216.34";
  Deno.networkInterfaces = () => [{ ...real()[0]!, address: host }];
  try {
    const server = { host, port: 465, secure: true, requireTLS: false, publicOnly: true };
    equal(await tryOut(server).then(() => "reached", faultOf), "private");
    const mailbox = { host, port: 993, security: "tls", username: "a", password: "b" };
    const opened = open(mailbox as Parameters<typeof open>[0], true);
    equal(await opened.then(() => "reached", mailboxFault), "private");
  } finally {
    Deno.networkInterfaces = real;
  }
});
