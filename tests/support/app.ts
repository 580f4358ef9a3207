/** The whole app on this file's database, without a port; clients keep their cookies. */
import { Hono } from "hono";
import type { PgBoss } from "pg-boss";
import { now } from "../../db/clock.ts";
import { parseConfig } from "../../db/config.ts";
import { directEgress } from "../../db/egress_direct.ts";
import { boss, closeQueue, openQueue } from "../../db/jobs.ts";
import { type Assets, loadAssets } from "../../routes/assets.ts";
import { createApp } from "../../routes/app.tsx";
import { Streams } from "../../routes/streams.ts";
import { Visits } from "../../routes/visits.ts";
import type { Env, Services } from "../../routes/web.tsx";
import { database, secretKey, type TestDatabase } from "./db.ts";
import { oncePerFile, whenEntered, whenLeft } from "./test_files.ts";

export interface TestApp {
  app: Hono<Env>;
  services: Services;
  db: TestDatabase;
  queue: PgBoss;
}

/** This file's app, made at the first call. */
export const app = oncePerFile(make);

let loaded: Assets | undefined;
/** The same files for all apps of a process: compressing them takes a fifth of a second. */
const assets = () => loaded ??= loadAssets();

async function make(): Promise<TestApp> {
  const db = await database();
  const dataDir = await Deno.makeTempDir({ prefix: "kompaktcrm-files-" });
  globalThis.addEventListener("unload", () => Deno.removeSync(dataDir, { recursive: true }));
  const config = parseConfig(
    { DATA_DIR: dataDir, SECRET_KEY: secretKey, BASE_URL: origin },
    Deno.readTextFileSync,
  );
  whenLeft(() => errors.length = audited.length = 0);
  whenEntered(() => openQueue(db.appUrl));
  // If many files share a process, those who logged in at its start did so many minutes ago.
  whenEntered(() => db.owner`update sessions set last_seen_at = ${now()}, confirmed_at = ${now()}`);
  openQueue(db.appUrl);
  const queue = await boss();
  whenLeft(async () => {
    await closeQueue(100);
    await queue.stop({ graceful: false, close: true });
  });
  const quiet = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (...all: unknown[]) => errors.push(all),
  };
  const note = (event: string, fields?: object) => void audited.push({ event, ...fields });
  const services: Services = {
    config,
    pool: db.app,
    log: quiet,
    access: { request: () => {} },
    audit: { ...quiet, info: note, warn: note },
    assets: assets(),
    egress: directEgress(db.app, config),
    streams: new Streams(db.app, quiet),
    visits: new Visits(db.app, quiet),
  };
  whenLeft(() => services.visits.settled());
  return { app: createApp(services), services, db, queue };
}

/** What the app logged as errors: a test that expects none asserts that it is empty. */
export const errors: unknown[][] = [];
/** What the app wrote to its audit log. */
export const audited: Record<string, unknown>[] = [];
export const origin = "http://localhost:8000";

export type Fields = Record<string, string | string[] | File>;

/**
 * A browser without scripts: follows nothing by itself, keeps cookies, sends what browsers send.
 */
export class Client {
  readonly cookies = new Map<string, string>();
  /** Whether it saves with what is removed at that moment; else a reference to nothing is our fault. */
  mayMeet = false;

  constructor(readonly test: TestApp, readonly headers: Record<string, string> = {}) {}

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.send(path, { method: "GET", headers });
  }

  /** Posts a form; with a File among the fields it becomes multipart. A string is sent as it is. */
  post(
    path: string,
    fields: Fields | string = {},
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const from = { "Sec-Fetch-Site": "same-origin", Origin: origin };
    if (typeof fields === "string") {
      const type = { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" };
      const init = { method: "POST", body: fields, headers: { ...from, ...type, ...headers } };
      return this.send(path, init);
    }
    const multipart = Object.values(fields).some((value) => value instanceof File);
    const body = multipart ? new FormData() : new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) {
      for (const one of Array.isArray(value) ? value : [value]) body.append(name, one as string);
    }
    return this.send(path, {
      method: "POST",
      body,
      headers: { ...from, ...headers },
    });
  }

  /** GET, following redirects within the app; returns the last answer. */
  async open(path: string): Promise<Response> {
    let answer = await this.get(path);
    for (let hops = 0; answer.status === 303 && hops < 5; hops++) {
      answer = await this.get(answer.headers.get("Location")!);
    }
    return answer;
  }

  async send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers({
      "Accept-Language": "de",
      ...this.headers,
      ...init.headers as Record<string, string>,
    });
    if (this.cookies.size > 0) {
      headers.set(
        "Cookie",
        [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      );
    }
    const before = errors.length;
    const answer = await this.test.app.request(new URL(path, origin).href, { ...init, headers }, {
      remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 1 },
    });
    const dangling = errors.slice(before).flat().find((each) =>
      (each as { code?: string } | undefined)?.code === "23503"
    );
    if (dangling && !this.mayMeet) {
      throw new Error(`${path} refers to nothing`, { cause: dangling });
    }
    // In the real process this happens a moment later, which the next reader could not distinguish.
    await this.test.services.visits.settled();
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return await beginning(answer);
  }
}

/** The beginning of a stream that never ends; any other answer as it is. */
async function beginning(answer: Response): Promise<Response> {
  if (answer.headers.get("Content-Type") !== "text/event-stream") return answer;
  const reader = answer.body!.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new Response(value, answer);
}
