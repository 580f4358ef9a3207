/** What the processes may reach: the flags as text, and what comes of them in a real process. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { parseConfig } from "../../db/config.ts";
import { outbound, permissionFlags, type Reach, type Role } from "../../db/permissions.ts";
import { ways } from "./confined.ts";
import { openWays } from "./ways_out.ts";

const appUrl = "postgres://app:secret@127.0.0.1:5433/kompaktcrm";
const config = parseConfig(
  {
    DATA_DIR: "/srv/crm",
    PORT: "8080",
    SMTP_URL: "smtps://mail.example",
    INBOUND_SMTP: "0.0.0.0:2525",
    INBOUND_DOMAIN: "in.crm.example",
  },
  Deno.readTextFileSync,
);
const everyRole = ["web", "jobs", "inbound", "egress"] as const;
const flag = (role: Role, name: string) =>
  permissionFlags(role, config, appUrl).find((text) => text.startsWith(`--${name}=`))?.split(
    "=",
  )[1];

/** Which library a path of the list means. */
const library = (path: string) => /\/(argon2|typst)[^/]*\.node$/.exec(path)?.[1];

Deno.test("a web process may listen and reach the database, and nothing else", () => {
  equal(flag("web", "allow-net"), "127.0.0.1:8080,127.0.0.1:5433");
  ok(flag("web", "allow-read")!.endsWith("/static,/srv/crm/files,/srv/crm/keys/data"));
  equal(flag("web", "allow-write"), "/srv/crm/logs,/srv/crm/files,/srv/crm/keys/data");
  deepEqual(flag("web", "allow-ffi")!.split(",").map(library), ["argon2", "typst"]);
});

Deno.test("the job process may reach the database and the mail server, and nothing else", () => {
  equal(flag("jobs", "allow-net"), "127.0.0.1:5433,mail.example:465");
  deepEqual(flag("jobs", "allow-ffi")!.split(",").map(library), ["typst"]);
});

Deno.test("the mail process may listen, reach the database and keep what it is sent, nothing else", () => {
  equal(flag("inbound", "allow-net"), "0.0.0.0:2525,127.0.0.1:5433");
  equal(flag("inbound", "allow-read"), "/srv/crm/files/inbound,/srv/crm/logs");
  equal(flag("inbound", "allow-write"), "/srv/crm/logs,/srv/crm/files/inbound");
  equal(flag("inbound", "allow-ffi"), undefined);
});

for (const role of everyRole) {
  Deno.test(`no permission of a ${role} process is given whole`, () => {
    const flags = permissionFlags(role, config, appUrl);
    for (const name of ["--no-remote", "--no-prompt", "--cached-only"]) ok(flags.includes(name));
    ok(!flags.some((text) => /^(-A|--allow-all|--allow-(run|import|hrtime))/.test(text)));
    ok(!flags.some((text) => /^--allow-\w+$/.test(text)), flags.join(" "));
  });
}

Deno.test("only the processes that dial where users say know the machine's addresses", async () => {
  const file = await Deno.makeTempFile({ suffix: ".js" });
  const ask = "try { Deno.networkInterfaces(); console.log(1) } catch { console.log(0) }";
  await Deno.writeTextFile(file, ask);
  const knows = async (role: Role) => {
    const sys = permissionFlags(role, config, appUrl).filter((each) => each.includes("allow-sys"));
    const args = ["run", "--no-prompt", "--no-remote", ...sys, file];
    const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
    return new TextDecoder().decode(stdout).trim() === "1";
  };
  try {
    const known = await Promise.all(everyRole.map(knows));
    deepEqual(everyRole.filter((_, at) => known[at]).sort(), ["egress", "jobs"]);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("each way out has a purpose, a host and a port", () => {
  deepEqual(outbound("jobs", config, appUrl), [
    { purpose: "database", host: "127.0.0.1", port: 5433 },
    { purpose: "mail", host: "mail.example", port: 465 },
  ]);
});

Deno.test("where there is a scanner, those who take files reach it, by port or by socket", () => {
  const flags = (role: Role, CLAMAV_SOCKET: string) =>
    permissionFlags(
      role,
      parseConfig({ DATA_DIR: "/srv/crm", CLAMAV_SOCKET }, Deno.readTextFileSync),
      appUrl,
    ).filter((text) => /^--allow-(net|read|write)=/.test(text));
  const socket = "/run/clamav/clamd.ctl";
  for (const role of ["web", "jobs"] as const) {
    ok(flags(role, "scan.example:3310")[0]!.endsWith(",scan.example:3310"));
    const [net, ...files] = flags(role, socket);
    ok(net!.endsWith(`,unix:${socket}`));
    for (const flag of files) ok(flag.endsWith(`,${socket}`), flag);
  }
  for (const way of ["scan.example:3310", socket]) {
    deepEqual(flags("inbound", way).filter((text) => /3310|clamd/.test(text)), []);
  }
});

Deno.test("only the egress process reaches processors, only the job process mail servers of accounts", () => {
  const reach: Reach = {
    destinations: [
      { role: "egress", purpose: "processor", host: "s3.example", port: 443 },
      { role: "jobs", purpose: "mail", host: "imap.example", port: 993 },
      { role: "jobs", purpose: "mail", host: "mail.example", port: 465 },
    ],
    closedRanges: ["10.0.0.0/8", "169.254.0.0/16"],
    egressSocket: "/srv/crm/run/ask_egress",
    listenAt: "/srv/crm/run/1.sock",
  };
  const net = (role: Role) => {
    const flags = permissionFlags(role, config, appUrl, reach);
    ok(flags.includes("--deny-net=10.0.0.0/8,169.254.0.0/16"), role);
    return flags.find((text) => text.startsWith("--allow-net="))!.slice("--allow-net=".length);
  };
  equal(net("egress"), "127.0.0.1:5433,s3.example:443,unix:/srv/crm/run/1.sock");
  equal(
    net("jobs"),
    "127.0.0.1:5433,mail.example:465,imap.example:993,unix:/srv/crm/run/ask_egress",
  );
  equal(net("web"), "127.0.0.1:8080,127.0.0.1:5433,unix:/srv/crm/run/ask_egress");
  equal(net("inbound"), "0.0.0.0:2525,127.0.0.1:5433");
});

Deno.test("an IPv6 address is written in brackets", () => {
  const flags = permissionFlags("web", { ...config, host: "::1" }, "postgres://a@[::1]/d");
  ok(flags.includes("--allow-net=[::1]:8080,[::1]:5432"));
});

/** Every way out of a role is tried against servers of this test only. */
async function waysOut(role: Role | "unbound"): Promise<string[]> {
  const dataDir = await Deno.makeTempDir({ prefix: "kompaktcrm-out-" });
  const database = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const files = `${dataDir}/files${role === "inbound" ? "/inbound" : ""}`;
  for (const name of ["files", "files/inbound", "logs", "keys", "keys/data"]) {
    await Deno.mkdir(`${dataDir}/${name}`);
  }
  const keys = `${dataDir}/keys`;
  await Deno.writeTextFile(`${keys}/secret_key`, "canary");
  await Deno.writeTextFile(`${keys}/data/key`, "canary");
  const flags = role === "unbound" ? ["-A", "--unstable-net"] : permissionFlags(
    role,
    { ...config, dataDir },
    `postgres://app@127.0.0.1:${database.addr.port}/d`,
  );
  try {
    return await openWays(flags, { allowed: database.addr.port, files, keys });
  } finally {
    database.close();
    await Deno.remove(dataDir, { recursive: true });
  }
}

for (const role of everyRole) {
  Deno.test(`of all ways out, a ${role} process finds only its list and its files`, async () => {
    const ownKeys = role === "web" || role === "jobs" ? ["use the tenants' keys"] : [];
    const ownFiles = role === "egress" ? [] : ["write its files"];
    deepEqual(await waysOut(role), ["connect to a host of its list", ...ownKeys, ...ownFiles]);
  });
}

Deno.test("without the flags every way is open, so the tests above can fail", async () => {
  const open = await waysOut("unbound");
  // Nobody owns the name that is asked for, with or without permission.
  deepEqual(open, Object.keys(ways).filter((way) => way !== "ask for a name"));
});
