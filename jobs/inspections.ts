/**
 * Checks the installation from outside: certificate and headers as a browser gets them at the
 * public address, and stored files as they are on the disk. An errand of the supervisor does it,
 * because no other process may reach the address or needs to see all files.
 */
import { join } from "node:path";
import net from "node:net";
import tls from "node:tls";
import { now } from "../db/clock.ts";
import type { Config } from "../db/config.ts";
import { bucketAreas } from "../db/file_places.ts";
import * as figures from "../db/measure_figures.ts";
import type { Sql } from "../db/pool.ts";
import { isSealed } from "../db/seals.ts";
import { isFolder, type Storage } from "../db/storage.ts";

const timeoutMs = 10_000;
/** Days of validity a certificate must have left: enough time to renew it. */
const leastDays = 7;
/** The newest files are enough, because the same code writes all of them. */
const mostFiles = 500;
/** Fewer of those that have to be fetched. */
const mostFetched = 20;

/** What is required of every page's headers. */
const wanted: Record<string, (value: string) => boolean> = {
  "content-security-policy": (value) =>
    value.includes("default-src 'self'") && !/unsafe|\*|https?:/.test(value),
  "x-content-type-options": (value) => value === "nosniff",
  "referrer-policy": (value) => value !== "" && value !== "unsafe-url",
  "cross-origin-opener-policy": (value) => value === "same-origin",
  "cross-origin-resource-policy": (value) => value === "same-origin",
};
const wantedInProduction = {
  ...wanted,
  "strict-transport-security": (value: string) =>
    Number(/max-age=(\d+)/.exec(value)?.[1] ?? 0) >= 15_552_000,
};

/** Checks everything once. `ca` is a test's own certificate authority. */
export async function lookAround(
  config: Pick<Config, "baseUrl" | "dataDir" | "appEnv" | "storage">,
  owner: Sql,
  ca?: string,
): Promise<void> {
  const url = new URL(config.baseUrl);
  const seen = await ask(url, ca).catch((error) => ({ fault: String(error.code ?? error.name) }));
  if (url.protocol === "https:") await figures.recordLook(owner, "tls", judgeTls(seen));
  const headers = config.appEnv === "production" ? wantedInProduction : wanted;
  await figures.recordLook(owner, "content_policy", judgeHeaders(seen, headers));
  await figures.recordLook(
    owner,
    "file_encryption",
    await lookAtFiles(join(config.dataDir, "files"), config.storage),
  );
}

/** The response, or why there was none. */
type Seen = { protocol: string; endsAt: Date | null; headers: Headers } | { fault: string };

function judgeTls(seen: Seen): figures.Look {
  if ("fault" in seen) return { passed: false, figures: { fault: seen.fault } };
  const days = seen.endsAt
    ? Math.floor((seen.endsAt.getTime() - now().getTime()) / 86_400_000)
    : -1;
  return { passed: days >= leastDays, figures: { protocol: seen.protocol, days } };
}

function judgeHeaders(seen: Seen, rules: typeof wanted): figures.Look {
  if ("fault" in seen) return { passed: false, figures: { fault: seen.fault } };
  const names = Object.keys(rules);
  const found = names.filter((name) => rules[name]!(seen.headers.get(name) ?? ""));
  return {
    passed: found.length === names.length,
    figures: { found: found.length, wanted: names.length },
  };
}

/**
 * Requests the log-in page on a connection of its own, because we need to see the certificate too.
 */
function ask(url: URL, ca?: string): Promise<Seen> {
  const secure = url.protocol === "https:";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = Number(url.port || (secure ? 443 : 80));
  return new Promise((resolve, reject) => {
    const socket = secure
      ? tls.connect({ host, port, servername: net.isIP(host) ? undefined : host, ca })
      : net.connect({ host, port });
    let text = "";
    socket.setTimeout(
      timeoutMs,
      () => socket.destroy(Object.assign(new Error(), { code: "timeout" })),
    );
    socket.once("error", reject);
    socket.once("close", () => reject(Object.assign(new Error(), { code: "closed" })));
    socket.once(secure ? "secureConnect" : "connect", () => {
      socket.write(
        `GET ${
          url.pathname.replace(/\/$/, "")
        }/login HTTP/1.1\r\nHost: ${url.host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
      );
    });
    socket.on("data", (bytes: Uint8Array) => {
      text += new TextDecoder("latin1").decode(bytes);
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) return;
      const certificate = secure ? (socket as tls.TLSSocket).getPeerCertificate() : null;
      resolve({
        protocol: secure ? (socket as tls.TLSSocket).getProtocol() ?? "" : "",
        endsAt: certificate?.valid_to ? new Date(certificate.valid_to) : null,
        headers: headersOf(text.slice(0, end)),
      });
      socket.destroy();
    });
  });
}

function headersOf(head: string): Headers {
  const headers = new Headers();
  for (const line of head.split("\r\n").slice(1)) {
    const [, name, value] = /^([\w-]+):\s*([\x20-\x7e]*)$/.exec(line) ?? [];
    if (name) headers.append(name, value!);
  }
  return headers;
}

/** Whether stored files begin as sealed ones do. */
async function lookAtFiles(folder: string, storage?: Storage): Promise<figures.Look> {
  const counted = { files: 0, open: 0 };
  const start = new Uint8Array(8);
  for await (const path of filesIn(folder)) {
    if (counted.files >= mostFiles) break;
    const file = await Deno.open(path).catch(() => null);
    if (!file) continue;
    try {
      const size = await file.read(start);
      counted.files++;
      if (!isSealed(start.subarray(0, size ?? 0))) counted.open++;
    } finally {
      file.close();
    }
  }
  for await (const bytes of storage ? startsIn(storage, mostFetched) : []) {
    counted.files++;
    if (!isSealed(bytes)) counted.open++;
  }
  return { passed: counted.open === 0, figures: counted };
}

/** The first bytes of some files kept in the bucket instead of a folder. */
async function* startsIn(storage: Storage, most: number): AsyncGenerator<Uint8Array> {
  let count = 0;
  for (const area of bucketAreas) {
    for await (const { name } of storage.list(area)) {
      if (++count > most) return;
      const source = storage.get(name)[Symbol.asyncIterator]();
      const { value, done } = await source.next().catch(() => ({ value: undefined, done: true }));
      await source.return?.();
      if (!done && value) yield value.subarray(0, 8);
    }
  }
}

async function* filesIn(folder: string): AsyncGenerator<string> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  for (const entry of entries) {
    const { name } = entry;
    const path = join(folder, name);
    if (await isFolder(path, entry)) yield* filesIn(path);
    else if (!name.endsWith(".draft") && !name.startsWith(".")) yield path;
  }
}
