/** Sealed bytes: what comes out is what went in, or nothing; keys can be destroyed and rewrapped. */
import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash, randomBytes } from "node:crypto";
import * as keys from "../../db/key_store.ts";
import { newId } from "../../db/ids.ts";
import { seal } from "../../db/seals.ts";
import * as vault from "../../db/vault.ts";

const secretKey = randomBytes(32).toString("base64");

async function openVault(secret = secretKey): Promise<vault.Vault & AsyncDisposable> {
  const dataDir = await Deno.makeTempDir({ prefix: "kompaktcrm-vault-" });
  return {
    dataDir,
    secretKey: secret,
    [Symbol.asyncDispose]: () => Deno.remove(dataDir, { recursive: true }),
  };
}

/** Bytes in chunks of odd sizes. */
async function* stream(bytes: Uint8Array, chunk = 10_007) {
  for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
}

const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const read = async (from: vault.Vault, name: string) =>
  await new Response(vault.open(from, name)).bytes();

async function kept(here: vault.Vault, plain: Uint8Array, keyId?: string | null) {
  const name = `records/${newId()}/${newId()}`;
  const key = keyId === undefined ? await keys.create(here) : keyId;
  await vault.store(here, name, key, stream(plain), plain.length);
  return { name, key, path: `${here.dataDir}/files/${name}` };
}

const piece = 64 * 1024;

for (const size of [0, 1, piece - 1, piece, piece + 1, 3 * piece, 1_000_003]) {
  Deno.test(`${size} bytes come back unchanged, and none is stored in the clear`, async () => {
    await using here = await openVault();
    const plain = randomBytes(size);
    const { name, path } = await kept(here, plain);
    equal(digest(await read(here, name)), digest(plain));
    const sealed = Buffer.from(await Deno.readFile(path));
    if (size > 32) equal(sealed.includes(plain.subarray(0, 32)), false);
    equal((await Deno.stat(path)).mode! & 0o777, 0o600);
  });
}

Deno.test("what the installation's own key sealed opens without a data key", async () => {
  await using here = await openVault();
  const plain = randomBytes(100_000);
  const { name } = await kept(here, plain, null);
  equal(digest(await read(here, name)), digest(plain));
  deepEqual(await keys.list(here), []);
});

/** Ways to spoil a sealed file of four pieces. */
const spoilers: Record<string, (bytes: Buffer) => Uint8Array> = {
  "one bit is changed": (bytes) => {
    bytes[100_000]! ^= 1;
    return bytes;
  },
  "the last piece is cut off": (bytes) => bytes.subarray(0, 53 + 3 * (piece + 16)),
  "it is cut in the middle of a piece": (bytes) => bytes.subarray(0, 150_000),
  "only its head is left": (bytes) => bytes.subarray(0, 53),
  "its head is cut": (bytes) => bytes.subarray(0, 20),
  "nothing is left": () => new Uint8Array(),
  "two pieces change places": (bytes) => {
    const at = (n: number) => bytes.subarray(53 + n * (piece + 16), 53 + (n + 1) * (piece + 16));
    return Buffer.concat([bytes.subarray(0, 53), at(1), at(0), at(2), at(3)]);
  },
  "a piece is left out": (bytes) =>
    Buffer.concat([bytes.subarray(0, 53), bytes.subarray(53 + piece + 16)]),
  "bytes are added": (bytes) => Buffer.concat([bytes, randomBytes(100)]),
  "it is something else": () => new TextEncoder().encode("%PDF-1.7 and so on, quite long enough"),
};

for (const [way, spoil] of Object.entries(spoilers)) {
  Deno.test(`a file is detected as broken where ${way}`, async () => {
    await using here = await openVault();
    const { name, path } = await kept(here, randomBytes(3 * piece + 500));
    await Deno.writeFile(path, spoil(Buffer.from(await Deno.readFile(path))));
    await rejects(read(here, name), vault.FileBroken);
  });
}

Deno.test("a file does not pass for another, nor open with another installation's secret", async () => {
  await using here = await openVault();
  const { name, key, path } = await kept(here, randomBytes(5_000));
  const other = `${name.split("/").slice(0, 2).join("/")}/${newId()}`;
  await Deno.copyFile(path, `${here.dataDir}/files/${other}`);
  await rejects(read(here, other), vault.FileBroken);
  const stranger = { ...here, secretKey: randomBytes(32).toString("base64") };
  await rejects(read(stranger, name), vault.FileBroken);
  await rejects(keys.read(stranger, key!), vault.FileBroken);
  // A wrapped key does not pass for another one either.
  const second = await keys.create(here);
  await Deno.copyFile(`${here.dataDir}/keys/data/${key}`, `${here.dataDir}/keys/data/${second}`);
  await rejects(keys.read(here, second), vault.FileBroken);
});

Deno.test("a destroyed key makes its files unreadable, and no others", async () => {
  await using here = await openVault();
  const [one, two] = [await kept(here, randomBytes(70_000)), await kept(here, randomBytes(10))];
  const path = `${here.dataDir}/keys/data/${one.key}`;
  equal((await Deno.stat(path)).mode! & 0o777, 0o600);
  equal((await Deno.readFile(path)).length, 9 + 12 + 32 + 16);
  await Deno.copyFile(path, `${path}.draft`);
  await keys.destroy(here, one.key!);
  deepEqual(await keys.list(here), [two.key]);
  const left = [...Deno.readDirSync(`${here.dataDir}/keys/data`)].map(({ name }) => name).sort();
  deepEqual(left, [".lock", two.key]);
  await rejects(read(here, one.name), vault.FileBroken);
  equal((await read(here, two.name)).length, 10);
  await keys.destroy(here, one.key!);
});

Deno.test("the installation's key is changed: all keys are rewrapped, files stay as they are", async () => {
  await using here = await openVault();
  const plain = randomBytes(70_000);
  const files = [await kept(here, plain), await kept(here, plain), await kept(here, plain)];
  const sealed = await Promise.all(files.map(({ path }) => Deno.readFile(path)));
  const after = { ...here, secretKey: randomBytes(32).toString("base64") };
  // Interrupted after the first key, it continues with the others.
  const [first] = await keys.list(here);
  const copy = await Deno.readFile(`${here.dataDir}/keys/data/${first}`);
  equal(await keys.rewrap(after, here.secretKey), 3);
  await Deno.writeFile(`${here.dataDir}/keys/data/${first}`, copy);
  equal(await keys.rewrap(after, here.secretKey), 1);
  equal(await keys.rewrap(after, here.secretKey), 0);
  for (const [index, { name, path, key }] of files.entries()) {
    deepEqual(await Deno.readFile(path), sealed[index]);
    equal(digest(await read(after, name)), digest(plain));
    await rejects(keys.read(here, key!), vault.FileBroken);
  }
  await rejects(keys.rewrap({ ...here, secretKey }, here.secretKey), vault.FileBroken);
});

Deno.test("the wrapping key is rotated while files are made: all open, and an old copy opens none", async () => {
  await using here = await openVault();
  const plain = randomBytes(1_000);
  const files = await Promise.all([kept(here, plain), kept(here, plain), kept(here, plain)]);
  const folder = `${here.dataDir}/keys/data`;
  equal(await keys.rotate(here), 3);
  const stolen = await Deno.readFile(`${folder}/wrapping`);
  // Interrupted after one key, it continues; whoever creates a key meanwhile waits for the end.
  const [first] = await keys.list(here);
  const old = await Deno.readFile(`${folder}/${first}`);
  await keys.rotate(here);
  const next = await Deno.readFile(`${folder}/wrapping`);
  await Deno.rename(`${folder}/wrapping`, `${folder}/wrapping.next`);
  await Deno.writeFile(`${folder}/wrapping`, stolen);
  await Deno.writeFile(`${folder}/${first}`, old);
  for (const { name } of files) equal(digest(await read(here, name)), digest(plain));
  const [count, made] = await Promise.all([keys.rotate(here), kept(here, plain)]);
  ok(count <= 2);
  deepEqual(await Deno.readFile(`${folder}/wrapping`), next);
  for (const { name } of [...files, made]) equal(digest(await read(here, name)), digest(plain));
  await Deno.writeFile(`${folder}/wrapping`, stolen);
  for (const { key } of files) await rejects(keys.read(here, key!), vault.FileBroken);
});

Deno.test("what breaks off while it comes leaves nothing behind", async () => {
  await using here = await openVault();
  const key = await keys.create(here);
  const name = `records/${newId()}/${newId()}`;
  async function* breaking() {
    yield randomBytes(200_000);
    await Promise.resolve();
    throw new Error("cut");
  }
  await rejects(vault.store(here, name, key, breaking(), 1_000_000), { message: "cut" });
  await rejects(
    vault.store(here, name, key, stream(randomBytes(2_000)), 1_999),
    vault.FileTooLarge,
  );
  equal(await vault.exists(here, name), false);
  const folder = `${here.dataDir}/files/${name.split("/").slice(0, 2).join("/")}`;
  deepEqual([...Deno.readDirSync(folder)], []);
});

Deno.test("a source is closed when whoever stores its sealed form gives up", async () => {
  let open = false;
  async function* plain() {
    open = true;
    try {
      for (let n = 0; n < 9; n++) yield new Uint8Array(50_000);
    } finally {
      open = false;
    }
  }
  for (const most of [1, 2]) {
    let count = 0;
    for await (const _ of seal({ id: null, bytes: new Uint8Array(32) }, "file", plain())) {
      if (++count === most) break;
    }
    equal(open, false);
  }
});

Deno.test("no name but our own reaches a path", async () => {
  await using here = await openVault();
  const key = await keys.create(here);
  for (
    const name of [
      "../keys/secret",
      "records/../../x",
      `records/${newId()}/../x`,
      "/etc/passwd",
      "records",
    ]
  ) {
    await rejects(vault.store(here, name, key, stream(randomBytes(1)), 10), TypeError, name);
    await rejects(read(here, name), TypeError, name);
    await rejects(vault.remove(here, name).then(), TypeError, name);
  }
  for (const id of ["../secret_key", "secret_key", ""]) {
    await rejects(keys.read(here, id), TypeError);
  }
});

Deno.test("the storage lists what it holds, by tenant, and tidies what was broken off", async () => {
  await using here = await openVault();
  const storage = vault.storageOf(here);
  const [a, b] = [await kept(here, randomBytes(10)), await kept(here, randomBytes(10))];
  const [, tenant] = a.name.split("/");
  const names = async (prefix: string) =>
    (await Array.fromAsync(storage.list(prefix))).map(({ name }) => name).sort();
  deepEqual(await names("records"), [a.name, b.name].sort());
  deepEqual(await names(`records/${tenant}`), [a.name]);
  deepEqual(await names("imports"), []);
  deepEqual(
    (await Array.fromAsync(storage.folders("records"))).sort(),
    [a, b].map(({ name }) => name.split("/")[1]!).sort(),
  );
  await Deno.writeTextFile(`${a.path}.draft`, "half");
  deepEqual(await names(`records/${tenant}`), [a.name]);
  equal(await storage.tidy(`records/${tenant}`, new Date(0)), 0);
  equal(await storage.tidy(`records/${tenant}`, new Date("2999-01-01")), 1);
  ok(await storage.exists(a.name));
  await storage.remove(a.name);
  await storage.remove(a.name);
  equal(await storage.exists(a.name), false);
});
