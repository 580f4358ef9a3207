/** All outgoing traffic uses the egress, except what is listed here with its reason. */
import { deepEqual, ok } from "node:assert/strict";
import { importsOf, inspect, type Source, sources } from "../support/sources.ts";

/** Modules that communicate with others. */
const speaking =
  /^(node:(http|https|http2|net|tls|dgram|dns)(\/|$)|imapflow$|nodemailer$|pg-boss$|postgres$|undici$)/;
/** Ways to communicate with others without an import. */
const globals = /^(fetch|WebSocket|EventSource|WebTransport|XMLHttpRequest)$/;
const ofDeno =
  /^Deno\.(connect|connectTls|startTls|listen|listenDatagram|resolveDns|createHttpClient)$/;

/** Text found in every file that uses any of them. */
const named = new RegExp(
  [globals, ofDeno].map(({ source }) => /\((.*)\)/.exec(source)![1]).join("|"),
);

const allowed: Record<string, string> = {
  "db/egress_wire.ts": "the way out itself",
  "db/egress_relay.ts": "asks the egress process over its socket",
  "db/jobs.ts": "the database, which is the queue's as well",
  "db/pool.ts": "the database",
  "db/server.ts": "the database, asked for its version before all else",
  "db/virus_scans.ts": "the installation's own virus scanner, which CLAMAV_SOCKET names",
  "db/dials.ts": "hosts on the list, for those below: their addresses are judged first",
  "db/embedded.ts": "looks for a free port on this machine",
  "jobs/database_diagnoses.ts":
    "finds out whether the way to the own database leads through the open net",
  "jobs/fleet.ts": "waits for a socket; finds out in which networks our own servers stand",
  "jobs/inspections.ts": "asks the installation's own public address, as a browser would",
  "jobs/ports.ts": "takes ports on this machine",
  "jobs/answers.ts": "asks the own web processes whether they answer",
  "jobs/wire.ts":
    "the installation's own mail server, and those of accounts, which are on the list of hosts",
  "jobs/mailboxes/connections.ts": "the mailboxes' servers, which are on the list of hosts",
};

/**
 * How a file communicates with others, one sentence each. Checks of an address alone do not count.
 */
function ways(source: Source): string[] {
  const found = importsOf(source)
    .filter(({ from, typeOnly }) => !typeOnly && speaking.test(from))
    .filter(({ from }) => !(from === "node:net" && onlyLooks(source)))
    .map(({ from }) => `${source.path} imports ${from}`);
  const calls = inspect(source, (say, textOf) => ({
    CallExpression(node) {
      const name = textOf(node.callee);
      if (globals.test(name) || ofDeno.test(name)) say(node, `calls ${name}`);
    },
    NewExpression(node) {
      if (globals.test(textOf(node.callee))) say(node, `makes a ${textOf(node.callee)}`);
    },
  }), named);
  return [...found, ...calls];
}

const onlyLooks = ({ text }: Source) =>
  /import \{( (isIP|BlockList|Socket|type \w+),?)+ \} from "node:net"/.test(text);

const program = async () =>
  (await sources()).filter(({ path }) => !path.startsWith("tests/") && !path.startsWith("static/"));

Deno.test("only listed files connect to other hosts", async () => {
  const found = (await program()).filter((source) => ways(source).length > 0);
  const strangers = found.filter(({ path }) => !(path in allowed));
  deepEqual(strangers.flatMap(ways), []);
  for (const [path, reason] of Object.entries(allowed)) {
    ok(reason.length > 10, path);
    ok(found.some((source) => source.path === path), `${path} needs no exception any more`);
  }
});

Deno.test("the rule finds every call past the egress process", () => {
  const seen = (text: string) => ways({ path: "db/a.ts", text }).length;
  for (
    const text of [
      `await fetch("https://example.org/");`,
      `import https from "node:https";`,
      `import { connect } from "node:net";`,
      `import { lookup } from "node:dns/promises";`,
      `new WebSocket(url);`,
      `await Deno.connect({ port: 1 });`,
      `const { request } = await import("node:http");`,
    ]
  ) ok(seen(text) === 1, text);
  for (const text of [`import { isIP } from "node:net";`, `app.fetch(request);`]) {
    ok(seen(text) === 0, text);
  }
});
