/** Log files age: packed, addresses shortened, gone; whatever happens meanwhile, no line is lost. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { now } from "../../db/clock.ts";
import { countWhole, shortenAddress, shortenText } from "../../db/log_addresses.ts";
import { ageLogs, linesBetween, longest } from "../../db/log_files.ts";
import { append } from "../../db/log_writers.ts";

const folderOf = () => Deno.makeTempDir({ prefix: "kompaktcrm-logs-" });
const names = (folder: string) =>
  [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name !== ".lock").sort();
const unpacked = (path: string) => gunzipSync(Deno.readFileSync(path)).toString();

Deno.test("shortenAddress() keeps /24 of IPv4 and /48 of IPv6", () => {
  equal(shortenAddress("203.0.113.77"), "203.0.113.0");
  equal(shortenAddress("::ffff:203.0.113.77"), "203.0.113.0");
  equal(shortenAddress("2001:db8:12:34::1"), "2001:db8:12::");
  equal(shortenAddress("2001:db8::1"), "2001:db8:0::");
  equal(shortenAddress("fe80::1%eth0"), "fe80:0:0::");
  equal(shortenAddress("::1"), "0:0:0::");
});

Deno.test("every address is cut to its network, and what was cut stays as it is", () => {
  fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (ip) => {
    const short = shortenAddress(ip);
    // An IPv6 address that ends in an IPv4 one leads to that one's network.
    const parsed = ipaddr.parse(ip.includes(".") ? ip.slice(ip.lastIndexOf(":") + 1) : ip);
    const bits = parsed.kind() === "ipv4" ? 24 : 48;
    const bytes = parsed.toByteArray().map((byte, i) => i * 8 < bits ? byte : 0);
    deepEqual(ipaddr.parse(short).toByteArray(), bytes, `${ip} ${short}`);
    equal(shortenAddress(short), short);
    const more = ip.includes(":") ? [] : [`X-Real-IP:${ip}`, `root@${ip} port 22`];
    for (const line of [`{"ip":"${ip}"}`, `${ip} - - "GET /"`, `a=${ip}, b`, ...more]) {
      equal(countWhole(line), short === ip ? 0 : 1, line);
      equal(shortenText(line), line.replace(ip, short), line);
    }
  }));
});

Deno.test("every sample of a log runs through: addresses are cut, browser versions are not taken for addresses", async () => {
  const samples = new URL("../data/samples/logs/", import.meta.url);
  const found = [...Deno.readDirSync(samples)].filter(({ name }) => !name.endsWith(".json"));
  equal(found.length, 2);
  for (const { name } of found) {
    const text = await Deno.readTextFile(new URL(name, samples));
    const { expect, kind } = JSON.parse(
      await Deno.readTextFile(new URL(`${name}.expect.json`, samples)),
    );
    // Their makers have shortened them: nothing may change, no version may be taken for an address.
    equal(shortenText(text), text, name);
    if (kind !== "access-log") continue;
    equal(text.trimEnd().split("\n").length, expect.lines);
    const whole = text.replace(/^(\d+\.\d+\.\d+)\.0 /gm, "$1.77 ");
    equal(countWhole(whole), expect.lines);
    equal(shortenText(whole), text);
  }
});

Deno.test("policy 3.1, 5.1: no whole address after 7 days, no log after the period of its class", async () => {
  const folder = await folderOf();
  const line = '{"method":"GET","ip":"203.0.113.77"}\n';
  for (
    const name of [
      "access-2026-11-23",
      "access-2026-11-22",
      "access-2026-11-18",
      "access-2026-11-17",
      "access-2026-11-17.2",
      "access-2026-08-26.short",
      "access-2026-08-25.short",
      "app-2026-08-25",
      "app-2026-08-26",
      "postgres-2026-08-25",
      "jobs-2026-10-24",
      "jobs-2026-10-25",
      "mail-2026-10-24",
      "mail-2026-10-25",
      "audit-2025-11-23",
      "audit-2025-11-24",
    ]
  ) await Deno.writeTextFile(join(folder, `${name}.jsonl`), line);
  await Deno.writeTextFile(join(folder, "other.txt"), line);
  deepEqual(await ageLogs(folder, "2026-11-23"), {
    packed: 7,
    shortened: 2,
    removed: 6,
    looked: 1,
    // What an older version took for shortened is looked through all the same.
    whole: 1,
  });
  deepEqual(names(folder), [
    "access-2026-08-26.short.jsonl.gz",
    "access-2026-11-17.2.short.jsonl.gz",
    "access-2026-11-17.short.jsonl.gz",
    "access-2026-11-18.jsonl.gz",
    "access-2026-11-22.jsonl.gz",
    "access-2026-11-23.jsonl",
    "app-2026-08-26.jsonl.gz",
    "audit-2025-11-24.jsonl.gz",
    "jobs-2026-10-25.jsonl.gz",
    "mail-2026-10-25.jsonl.gz",
    "other.txt",
  ]);
  match(unpacked(join(folder, "access-2026-11-17.2.short.jsonl.gz")), /"ip":"203\.0\.113\.0"/);
  const again = await ageLogs(folder, "2026-11-23");
  deepEqual([again.packed, again.shortened, again.removed], [0, 0, 0]);
  const shorter = await ageLogs(folder, "2026-11-23", {
    ...longest,
    addresses: 2,
    access: 30,
    app: 30,
  });
  deepEqual([shorter.shortened, shorter.removed, shorter.whole], [2, 2, 0]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a run that was killed between two steps is done again without doubling a line", async () => {
  const folder = await folderOf();
  const path = join(folder, "access-2026-11-10.jsonl");
  const lines = (ip: string) => `{"n":1,"ip":"${ip}"}\n{"n":2,"ip":"${ip}"}\n`;
  await Deno.writeTextFile(path, lines("203.0.113.77"));
  await ageLogs(folder, "2026-11-20");
  // Killed after the new file was written and before the old one was removed.
  await Deno.writeTextFile(path, lines("203.0.113.77"));
  await ageLogs(folder, "2026-11-20");
  deepEqual(names(folder), ["access-2026-11-10.short.jsonl.gz"]);
  equal(unpacked(join(folder, names(folder)[0]!)), lines("203.0.113.0"));
  // A process that slept for days still had a line.
  await Deno.writeTextFile(path, '{"n":3,"ip":"203.0.113.99"}\n');
  await Promise.all([ageLogs(folder, "2026-11-20"), ageLogs(folder, "2026-11-20")]);
  equal(
    unpacked(join(folder, names(folder)[0]!)),
    `${lines("203.0.113.0")}{"n":3,"ip":"203.0.113.0"}\n`,
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("what a killed run left goes the day after, what is being written stays", async () => {
  const folder = await folderOf();
  const today = now().toISOString().slice(0, 10);
  const names = [".control-1.jsonl.gz", ".search-1", `access-${today}.jsonl.gz.new`];
  for (const name of names) await Deno.writeTextFile(join(folder, name), "{}\n");
  const left = async () =>
    (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name)
      .filter((name) => names.includes(name)).length;
  await ageLogs(folder, today);
  equal(await left(), 3);
  await ageLogs(folder, Temporal.PlainDate.from(today).add({ days: 1 }).toString());
  equal(await left(), 0);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("four processes write while the files are rotated: no line is lost, none doubled", async () => {
  const folder = await folderOf();
  const each = 3000;
  const writer = join(folder, "writer.ts");
  await Deno.writeTextFile(
    writer,
    `import { append } from ${JSON.stringify(import.meta.resolve("../../db/log_writers.ts"))};
    const [folder, name] = Deno.args;
    for (let n = 0; n < ${each}; n += 10) {
      const lines = Array.from({ length: 10 }, (_, i) => JSON.stringify({ name, n: n + i, ip: "203.0.113.77", x: "x".repeat(80) }) + "\\n");
      await append(folder, "access", lines.join(""), 65536, "2026-11-10");
    }`,
  );
  const writers = ["a", "b", "c", "d"].map((name) =>
    new Deno.Command(Deno.execPath(), {
      // As a web process: it may write there, and read nothing.
      args: ["run", "--no-remote", "--no-prompt", `--allow-write=${folder}`, writer, folder, name],
    }).output()
  );
  let writing = true;
  const done = Promise.all(writers).finally(() => writing = false);
  let packed = 0;
  while (writing) {
    packed += (await ageLogs(folder, "2026-11-12")).packed;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (const { success, stderr } of await done) ok(success, new TextDecoder().decode(stderr));
  ok(packed > 3, `${packed} files were packed while they were written to`);
  await ageLogs(folder, "2026-11-20");
  let text = "";
  for await (const part of linesBetween(folder, "access", "2026-11-10", "2026-11-10")) text += part;
  const lines = text.trimEnd().split("\n").map((line) => JSON.parse(line));
  equal(lines.length, 4 * each);
  equal(new Set(lines.map(({ name, n }) => `${name} ${n}`)).size, 4 * each);
  equal(countWhole(text), 0);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a full disk gets no half line, and loses none", async () => {
  const folder = await folderOf();
  // The kernel refuses bytes beyond this size, as a disk does that is full.
  const script = `import { append } from ${
    JSON.stringify(import.meta.resolve("../../db/log_writers.ts"))
  };
    const refused = [];
    for (let n = 0; n < 40; n++) {
      await append(Deno.args[0], "app", JSON.stringify({ n, x: "x".repeat(200) }) + "\\n", 1e9, "2026-11-10").catch(() => refused.push(n));
    }
    console.log(refused.length);`;
  const path = join(folder, "full.ts");
  await Deno.writeTextFile(path, script);
  const { stdout } = await new Deno.Command("sh", {
    args: [
      "-c",
      `trap '' XFSZ; ulimit -f 8; exec "$0" run -A --no-remote "$1" "$2"`,
      Deno.execPath(),
      path,
      folder,
    ],
    env: { DENO_NO_UPDATE_CHECK: "1" },
  }).output();
  const refused = Number(new TextDecoder().decode(stdout));
  const text = Deno.readTextFileSync(join(folder, "app-2026-11-10.jsonl"));
  const lines = text.trimEnd().split("\n").map((line) => JSON.parse(line));
  ok(refused > 0);
  equal(lines.length, 40 - refused);
  await append(folder, "app", "{}\n", 1e9, "2026-11-10");
  ok(Deno.readTextFileSync(join(folder, "app-2026-11-10.jsonl")).endsWith("}\n{}\n"));
  await rejects(append(join(folder, "missing"), "app", "{}\n"), Deno.errors.NotFound);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a packed file that a power cut left half gives what it has; a broken one stops no other", async () => {
  const folder = await folderOf();
  const line = (n: number) => `{"n":${n},"ip":"203.0.113.77","at":"${crypto.randomUUID()}"}\n`;
  const text = Array.from({ length: 2_000 }, (_, n) => line(n)).join("");
  const whole = gzipSync(text);
  const write = (name: string, bytes: Uint8Array) => Deno.writeFile(join(folder, name), bytes);
  await write("access-2026-11-12.jsonl.gz", whole.subarray(0, whole.length / 2));
  await write("access-2026-11-11.jsonl.gz", new Uint8Array());
  await write("access-2026-11-10.jsonl.gz", new TextEncoder().encode("no archive at all"));
  await write("access-2026-11-09.jsonl.gz", whole);
  await write("app-2026-01-01.jsonl.gz", whole);
  await rejects(ageLogs(folder, "2026-11-23"), "the night says that one is broken");
  deepEqual(names(folder), [
    "access-2026-11-09.short.jsonl.gz",
    "access-2026-11-10.jsonl.gz",
    "access-2026-11-11.short.jsonl.gz",
    "access-2026-11-12.short.jsonl.gz",
  ]);
  const half = unpacked(join(folder, "access-2026-11-12.short.jsonl.gz"));
  ok(half.length > 10_000 && text.replaceAll(".77", ".0").startsWith(half));
  equal(countWhole(half), 0);
  await Deno.remove(folder, { recursive: true });
});
