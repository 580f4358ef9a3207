/** The storage in a bucket: the same promises as the local folder, and faults as codes. */
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { AdapterError } from "../../db/adapters/answers.ts";
import { Bucket } from "../../db/adapters/s3.ts";
import { s3Storage } from "../../db/adapters/s3_storage.ts";
import { now } from "../../db/clock.ts";
import { directEgress } from "../../db/egress_direct.ts";
import { newId } from "../../db/ids.ts";
import { ObjectMissing, type Storage } from "../../db/storage.ts";
import { type FakeBucket, fakeBucket, keys } from "../support/buckets.ts";
import { database } from "../support/db.ts";
import { openProcessor } from "../support/processors.ts";

async function storage(
  more: Partial<typeof keys> = {},
): Promise<{ s3: FakeBucket; files: Storage }> {
  const { app, owner } = await database();
  const s3 = fakeBucket();
  const id = await openProcessor(owner, [{ host: "127.0.0.1", port: s3.port }]);
  const egress = directEgress(app, { appEnv: "development" });
  const connection = { endpoint: s3.url, bucket: "crm", ...keys, ...more };
  return { s3, files: s3Storage(new Bucket(egress, id, connection)) };
}

async function* pieces(...sizes: number[]): AsyncGenerator<Uint8Array> {
  for (const size of sizes) yield new Uint8Array(size).fill(size % 251);
}

async function whole(files: Storage, name: string): Promise<number> {
  let size = 0;
  for await (const piece of files.get(name)) size += piece.length;
  return size;
}

const tenant = newId();
const name = () => `records/${tenant}/${newId()}`;

Deno.test("an object comes back as it was put, small, empty or in many parts", async () => {
  const { s3, files } = await storage();
  await using _ = s3;
  const part = 8 * 1024 * 1024;
  for (const sizes of [[5], [], [100_000, 1], [part], [part, 1], [part - 1, part, 3]]) {
    const key = name();
    await files.put(key, pieces(...sizes));
    const size = sizes.reduce((sum, each) => sum + each, 0);
    equal(await whole(files, key), size, String(sizes));
    equal(await files.exists(key), true);
    let at = 0;
    for (const each of sizes) {
      if (each > 0) equal(s3.objects.get(key)![at], each % 251);
      at += each;
    }
  }
  equal(s3.uploads.size, 0);
  deepEqual(s3.refusals, [], "every signature holds");
});

Deno.test("what is not there is missing, and removing it is no fault", async () => {
  const { s3, files } = await storage();
  await using _ = s3;
  await rejects(whole(files, name()), ObjectMissing);
  equal(await files.exists(name()), false);
  await files.remove(name());
});

Deno.test("a broken source leaves nothing behind, neither an object nor an upload", async () => {
  const { s3, files } = await storage();
  await using _ = s3;
  async function* broken() {
    yield new Uint8Array(20 * 1024 * 1024);
    throw new Error("the source broke");
  }
  const key = name();
  await rejects(files.put(key, broken()), /the source broke/);
  equal(s3.objects.has(key), false);
  equal(s3.uploads.size, 0);
});

Deno.test("listings go on page after page, and name the tenants of an area", async () => {
  const { s3, files } = await storage();
  await using _ = s3;
  const [a, b, c] = [newId(), newId(), newId()];
  const put = [`records/${a}/${newId()}`, `records/${a}/${newId()}`, `records/${a}/${newId()}`];
  for (const key of [...put, `records/${b}/${newId()}`, `records/${c}/${newId()}`]) {
    await files.put(key, pieces(1));
  }
  const names = await Array.fromAsync(files.list(`records/${a}`));
  deepEqual(names.map((each) => each.name).sort(), put.sort());
  ok(names.every(({ at }) => Math.abs(at.getTime() - now().getTime()) < 60_000));
  deepEqual((await Array.fromAsync(files.folders("records"))).sort(), [a, b, c].sort());
});

Deno.test("a removed object takes its versions with it", async () => {
  const { s3, files } = await storage();
  await using _ = s3;
  s3.configuration.versioning =
    "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
  const key = name();
  await files.put(key, pieces(10));
  await files.remove(key);
  equal(s3.objects.has(key), false);
  deepEqual(s3.versions, []);
});

Deno.test("uploads that broke off long ago are tidied away, young ones left", async () => {
  const { s3, files } = await storage();
  await using _ = s3;
  s3.uploads.set("old", {
    key: `records/${tenant}/x`,
    parts: new Map(),
    at: "2026-01-01T00:00:00Z",
  });
  s3.uploads.set("new", {
    key: `records/${tenant}/y`,
    parts: new Map(),
    at: now().toISOString(),
  });
  equal(await files.tidy(`records/${tenant}`, new Date(now().getTime() - 86_400_000)), 1);
  deepEqual([...s3.uploads.keys()], ["new"]);
});

Deno.test("a wrong key, too many requests, a broken server and broken answers give different codes", async () => {
  const wrong = await storage({ secretKey: "falsch" });
  await rejects(wrong.files.put(name(), pieces(1)), new AdapterError("http_403"));
  deepEqual(wrong.s3.refusals, ["another signature"]);
  await wrong.s3.close();
  const { s3, files } = await storage();
  await using _ = s3;
  const answers: [Response, AdapterError][] = [
    [
      new Response("slow down", { status: 429, headers: { "retry-after": "7" } }),
      new AdapterError("http_429", 7),
    ],
    [new Response("<Error/>", { status: 503 }), new AdapterError("http_503")],
    [new Response("<ListBucketResult><Contents>", { status: 200 }), new AdapterError("malformed")],
    [new Response("", { status: 200 }), new AdapterError("malformed")],
    [new Response(`<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>`), new AdapterError("malformed")],
  ];
  for (const [answer, expected] of answers) {
    s3.faults.push(answer);
    await rejects(Array.fromAsync(files.list(`records/${tenant}`)), expected);
  }
  s3.faults.push(Response.redirect("https://evil.example/", 307));
  await rejects(files.exists(name()), { code: "redirect" });
  s3.faults.push(new Response("x".repeat(5 * 1024 * 1024)));
  await rejects(Array.fromAsync(files.list(`records/${tenant}`)), { code: "too_large" });
});

Deno.test("a source is closed when the bucket refuses an upload in parts", async () => {
  const { s3, files } = await storage();
  await using _ = s3;
  let closed = false;
  async function* source() {
    try {
      yield* pieces(8 * 1024 * 1024, 8 * 1024 * 1024, 1);
    } finally {
      closed = true;
    }
  }
  s3.faults.push(new Response("<Error/>", { status: 503 }));
  await rejects(files.put(name(), source()), new AdapterError("http_503"));
  equal(closed, true);
});

Deno.test("a listing that never ends is an error, not a complete list", async () => {
  const page = `<ListBucketResult><IsTruncated>true</IsTruncated>
    <NextContinuationToken>again</NextContinuationToken></ListBucketResult>`;
  const bucket = { demand: () => Promise.resolve(new Response(page)) } as unknown as Bucket;
  await rejects(
    Array.fromAsync(s3Storage(bucket).list(`records/${tenant}`)),
    new AdapterError("malformed"),
  );
});

Deno.test("a listing that goes on without saying where is an error, and asked for once", async () => {
  let asked = 0;
  const demand = () => {
    asked++;
    return Promise.resolve(new Response("<Result><IsTruncated>true</IsTruncated></Result>"));
  };
  const files = s3Storage({ demand } as unknown as Bucket);
  const lists: ((area: string) => AsyncIterable<unknown>)[] = [files.list, files.versions];
  for (const list of lists) {
    asked = 0;
    await rejects(Array.fromAsync(list(`records/${tenant}`)), new AdapterError("malformed"));
    equal(asked, 1);
  }
});
