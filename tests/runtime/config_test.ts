/** Settings: what is taken, what is refused, and that every fault is reported at once. */

import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { childEnvironment, ConfigError, parseConfig } from "../../db/config.ts";

const randomKey = "q1zZ0mJ3nH7yV5bX9cK2dL8fG6hS4jWpAeRtYuIoPzM=";
const production = {
  APP_ENV: "production",
  SECRET_KEY: randomKey,
  SMTP_URL: "smtps://crm:geheim@mail.example:465",
  BASE_URL: "https://crm.example",
  MAIL_FROM: "kompaktCRM <crm@crm.example>",
};
const noFile = () => {
  throw new Error("no such file");
};
const faults = (env: Record<string, string>, readFile = noFile as (path: string) => string) => {
  try {
    parseConfig(env, readFile);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

Deno.test("nothing set yields the defaults of development", () => {
  const config = parseConfig({}, noFile, () => "kept");
  equal(config.port, 8000);
  equal(config.host, "127.0.0.1");
  equal(config.baseUrl, "http://localhost:8000");
  equal(config.appEnv, "development");
  equal(config.secretKey, "kept");
  equal(config.databaseUrl, undefined);
  match(config.dataDir, /\/data$/);
  ok(config.webProcesses >= 1);
});

Deno.test("every faulty setting is named in one go", () => {
  const found = faults({
    APP_ENV: "test",
    PORT: "eighty",
    BASE_URL: "crm.example",
    DATABASE_URL: "mysql://x",
    SECRET_KEY: "short",
    SMTP_URL: "https://mail.example",
    MAIL_FROM: "nobody",
    CLOCK_OFFSET: "a month",
    WEB_PROCESSES: "0",
    HOST: "not a host",
  });
  deepEqual(
    found.map((fault) => fault.split(" ")[0]).sort(),
    ["APP_ENV", "BASE_URL", "CLOCK_OFFSET", "DATABASE_URL", "HOST", "MAIL_FROM", "PORT"]
      .concat("SECRET_KEY", "SMTP_URL", "WEB_PROCESSES"),
  );
});

Deno.test("a fault never repeats a secret", () => {
  const found = faults({
    SECRET_KEY: "canary-secret",
    DATABASE_URL: "mysql://u:canary-secret@h/d",
    SMTP_URL: "ftp://u:canary-secret@h",
  });
  equal(found.length, 3);
  ok(!found.join().includes("canary-secret"));
});

Deno.test("NAME_FILE is read for a setting, without the line end", () => {
  const files: Record<string, string> = { "/run/key": `${randomKey}\n`, "/run/port": "9000\n" };
  const config = parseConfig(
    { SECRET_KEY_FILE: "/run/key", PORT_FILE: "/run/port" },
    (path) => files[path]!,
  );
  equal(config.secretKey, randomKey);
  equal(config.port, 9000);
  equal(config.baseUrl, "http://localhost:9000");
});

Deno.test("an unreadable or doubled NAME_FILE is refused", () => {
  match(faults({ SECRET_KEY_FILE: "/gone" }).join(), /SECRET_KEY_FILE .*\/gone/);
  match(faults({ PORT: "1", PORT_FILE: "/p" }).join(), /PORT and PORT_FILE are both set/);
  const { MAIL_FROM: _, ...rest } = production;
  deepEqual(
    faults({ ...rest, MAIL_FROM_FILE: "/gone" }),
    ["MAIL_FROM_FILE names a file that cannot be read: /gone"],
    "reported once",
  );
});

Deno.test("production takes strong and complete settings", () => {
  deepEqual(faults(production), []);
});

Deno.test("production refuses what is missing, all at once", () => {
  const found = faults({ APP_ENV: "production" }).join("\n");
  for (const name of ["SECRET_KEY", "SMTP_URL", "BASE_URL", "MAIL_FROM"]) {
    match(found, new RegExp(name));
  }
});

for (
  const [what, change, name] of [
    ["a secret key of one repeated byte", { SECRET_KEY: btoa("\0".repeat(32)) }, "SECRET_KEY"],
    ["a secret key that is text", { SECRET_KEY: btoa("abcdefghijklmnopqrstuvwxyz012345") }],
    ["an address without https", { BASE_URL: "http://crm.example" }, "BASE_URL"],
    ["an address of this machine", { BASE_URL: "https://localhost" }, "BASE_URL"],
    ["an address that is none", { BASE_URL: "https://0.0.0.0" }, "BASE_URL"],
    ["this machine in IPv6", { BASE_URL: "https://[::1]" }, "BASE_URL"],
    ["a sender of our making", { MAIL_FROM: "" }, "MAIL_FROM"],
    ["a password like the user", { DATABASE_URL: "postgres://crm:crm@h/d" }, "DATABASE_URL"],
    ["a database without a password", { DATABASE_URL: "postgres://crm@h/d" }, "DATABASE_URL"],
    ["a moved clock", { CLOCK_OFFSET: "P1D" }, "CLOCK_OFFSET"],
    ["a well-known password", { DATABASE_URL: "postgres://crm:postgres@h/d" }, "DATABASE_URL"],
  ] as const
) {
  Deno.test(`production refuses ${what}`, () => {
    const found = faults({ ...production, ...change });
    equal(found.length, 1);
    match(found[0]!, new RegExp(`^${name ?? "SECRET_KEY"} `));
  });
}

Deno.test("settings that process permissions or the clock cannot represent are refused", () => {
  for (
    const text of [
      "postgres:///crm",
      "postgres://a,b/crm",
      "postgres://a:1,b:2/crm",
      "postgres://%2Fvar%2Frun/crm",
      "postgres://a/crm?host=/tmp",
      "postgres://crm:pass@/crm?host=b",
    ]
  ) match(faults({ DATABASE_URL: text }).join(), /^DATABASE_URL must /, text);
  deepEqual(
    faults({ DATABASE_URL: "postgres://crm:pass@db.example:5433/crm?sslmode=require" }),
    [],
  );
  deepEqual(faults({ DATABASE_URL: "postgres://crm@[::1]/crm" }), []);
  for (const text of ["P900000Y", "-P3000Y", "P1Y1Z", "PT99999999999999999H"]) {
    match(faults({ CLOCK_OFFSET: text }).join(), /^CLOCK_OFFSET must /, text);
  }
  match(faults({ DATA_DIR: "/srv/a,b" }).join(), /^DATA_DIR must /);
});

Deno.test("settings that parse are never refused for their values alone in development", () => {
  throws(() => parseConfig({ PORT: "65536" }, noFile), ConfigError);
  deepEqual(faults({ CLOCK_OFFSET: "-P2M", BASE_URL: "http://[::1]:8000/" }), []);
});

Deno.test("start takes no setting as an argument, and says where they belong", async () => {
  const start = async (...args: string[]) => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-remote", "--no-prompt", "main.ts", ...args],
      cwd: new URL("../../", import.meta.url),
      clearEnv: true,
      // Were the argument overlooked, the start would end with 78.
      env: { ...childEnvironment(), PORT: "x" },
    }).output();
    const text = new TextDecoder();
    return { code, out: text.decode(stdout), err: text.decode(stderr) };
  };
  const port = await start("start", "--port", "9000");
  equal(port.code, 2);
  match(port.err, /^unexpected argument --port\n.*\n.*settings are environment variables/);
  const help = await start("start", "--help");
  equal(help.code, 0);
  match(help.out, /^Usage: deno task start/);
  equal((await start("start", "--demo")).code, 78);
});

Deno.test("start with faulty settings reports them all and exits with 78", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-remote", "--no-prompt", "main.ts", "start"],
    cwd: new URL("../../", import.meta.url),
    clearEnv: true,
    env: { ...childEnvironment(), PORT: "x", SECRET_KEY: "y", APP_ENV: "production" },
    stdout: "null",
    stderr: "piped",
  }).output();
  const said = new TextDecoder().decode(stderr);
  equal(code, 78);
  for (const name of ["PORT", "SECRET_KEY", "SMTP_URL", "BASE_URL"]) match(said, new RegExp(name));
});

Deno.test("mail from outside is taken where the operator says, by SMTP or LMTP", () => {
  const at = (text: string) =>
    parseConfig({ INBOUND_SMTP: text, INBOUND_DOMAIN: "In.CRM.example" }, noFile).inbound;
  const domain = "in.crm.example";
  deepEqual(at("127.0.0.1:2525"), { protocol: "smtp", host: "127.0.0.1", port: 2525, domain });
  deepEqual(at("smtp://mx.crm.example:25"), {
    ...{ protocol: "smtp", host: "mx.crm.example", port: 25, domain },
  });
  deepEqual(at("lmtp://[::1]:2424"), { protocol: "lmtp", host: "::1", port: 2424, domain });
  equal(parseConfig({}, noFile).inbound, undefined);
  const named = {
    INBOUND_SMTP: "127.0.0.1:2525",
    INBOUND_DOMAIN: domain,
    INBOUND_AUTHSERV: "MX.a",
  };
  equal(parseConfig(named, noFile).inbound!.authserv, "mx.a");
});

Deno.test("a place for mail that makes no sense, or half of a certificate, is refused", () => {
  for (
    const text of [
      "2525",
      "localhost",
      "http://a:1",
      "smtp://a:0",
      "smtp://u@a:25",
      "a:99999",
      "a:25/x",
    ]
  ) {
    const found = faults({ INBOUND_SMTP: text, INBOUND_DOMAIN: "in.crm.example" });
    equal(found[0]?.split(" ")[0], "INBOUND_SMTP", text);
  }
  match(faults({ INBOUND_SMTP: "127.0.0.1:2525" })[0]!, /^INBOUND_DOMAIN must be set/);
  match(faults({ INBOUND_TLS_CERT: "x" })[0]!, /^INBOUND_TLS_CERT must be a certificate/);
  const cert = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----";
  match(faults({ INBOUND_TLS_CERT: cert })[0]!, /must be set together/);
});

Deno.test("production hears strangers over encrypted connections only", () => {
  const place = { ...production, INBOUND_DOMAIN: "in.crm.example" };
  match(faults({ ...place, INBOUND_SMTP: "0.0.0.0:25" })[0]!, /^INBOUND_TLS_CERT and/);
  deepEqual(faults({ ...place, INBOUND_SMTP: "lmtp://127.0.0.1:2424" }), []);
});

Deno.test("the virus scanner is named by host and port or by its socket", () => {
  const read = (text: string) => parseConfig({ CLAMAV_SOCKET: text }, noFile).clamavSocket;
  deepEqual(read("127.0.0.1:3310"), { host: "127.0.0.1", port: 3310 });
  deepEqual(read("[::1]:3310"), { host: "::1", port: 3310 });
  deepEqual(read("clamav:3310"), { host: "clamav", port: 3310 });
  deepEqual(read("/run/clamav/clamd.ctl"), { path: "/run/clamav/clamd.ctl" });
  equal(parseConfig({}, noFile).clamavSocket, undefined);
  for (const text of ["clamav", "clamav:0", "u@clamav:1", "clamav:1/x", "run/clamd", "/a,/b"]) {
    match(faults({ CLAMAV_SOCKET: text })[0] ?? "", /^CLAMAV_SOCKET must look like/, text);
  }
});

Deno.test("metrics are open to this machine, to others by a token; traces stay here", () => {
  deepEqual(parseConfig({ METRICS_LISTEN: "127.0.0.1:9464" }, noFile, () => "k").metrics, {
    host: "127.0.0.1",
    port: 9464,
  });
  const token = "0123456789abcdef";
  const open = { METRICS_LISTEN: "[::]:9464", METRICS_TOKEN: token };
  deepEqual(parseConfig(open, noFile, () => "k").metrics, { host: "::", port: 9464, token });
  match(faults({ METRICS_LISTEN: "0.0.0.0:9464" }).join(), /METRICS_TOKEN must be set/);
  for (const wrong of ["9464", "host:0", "host:70000", "a b:1"]) {
    match(faults({ METRICS_LISTEN: wrong }).join(), /METRICS_LISTEN must look like/);
  }
  match(
    faults({ METRICS_LISTEN: "127.0.0.1:9464", METRICS_TOKEN: "kurz" }).join(),
    /METRICS_TOKEN/,
  );
  const traces = { OTEL_DENO: "true", OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" };
  deepEqual(faults(traces), []);
  const away = { ...traces, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "https://otel.example/v1/traces" };
  match(faults(away).join(), /OTEL_EXPORTER_OTLP_ENDPOINT must be on this machine/);
});
