/** Log files age: addresses are shortened after days, old files go. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { ageLogs, shortenAddress } from "../../db/log_files.ts";

Deno.test("shortenAddress() keeps /24 of IPv4 and /48 of IPv6", () => {
  assert.equal(shortenAddress("203.0.113.77"), "203.0.113.0");
  assert.equal(shortenAddress("::ffff:203.0.113.77"), "203.0.113.0");
  assert.equal(shortenAddress("2001:db8:12:34::1"), "2001:db8:12::");
  assert.equal(shortenAddress("2001:db8::1"), "2001:db8:0::");
  assert.equal(shortenAddress("::1"), "0:0:0::");
});

Deno.test("policy 3.1, 5.1: no whole address after 7 days, no log after 90", async () => {
  const folder = await Deno.makeTempDir();
  const line = '{"method":"GET","ip":"203.0.113.77"}\n';
  const write = (name: string) => Deno.writeTextFile(join(folder, name), line);
  await Promise.all([
    write("access-2026-11-23.jsonl"),
    write("access-2026-11-18.jsonl"),
    write("access-2026-11-17.jsonl"),
    write("access-2026-08-01.short.jsonl"),
    write("app-2026-08-24.jsonl"),
    write("app-2026-08-25.jsonl"),
    write("other.txt"),
  ]);
  assert.deepEqual(await ageLogs(folder, "2026-11-23"), { shortened: 1, removed: 2 });
  const left = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  assert.deepEqual(left, [
    "access-2026-11-17.short.jsonl",
    "access-2026-11-18.jsonl",
    "access-2026-11-23.jsonl",
    "app-2026-08-25.jsonl",
    "other.txt",
  ]);
  assert.match(await Deno.readTextFile(join(folder, left[0]!)), /"ip":"203\.0\.113\.0"/);
  assert.deepEqual(await ageLogs(folder, "2026-11-23"), { shortened: 0, removed: 0 });
  await Deno.remove(folder, { recursive: true });
});
