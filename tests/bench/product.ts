/** The product as it runs in production, for the bench: started, set up, signed in to, stopped. */
import { equal } from "node:assert/strict";
import { openDatabase } from "../../db/embedded.ts";
import { openPool } from "../../db/pool.ts";
import * as provider from "../../db/provider.ts";
import { newService, Service } from "../runtime/service.ts";

const origin = "https://crm.example";
const admin = { email: "bench@crm.example", password: "drehstrom-kupfer-91" };

/** Known here, so that the floors can connect as the serving role does. */
export const secretKey = crypto.getRandomValues(new Uint8Array(32)).toBase64();

/** Those of every process; a command beside the service wants the same. */
export const settings = {
  APP_ENV: "production",
  BASE_URL: origin,
  SECRET_KEY: secretKey,
  SMTP_URL: "smtp://127.0.0.1:1",
  MAIL_FROM: "kompaktCRM <crm@crm.example>",
  WEB_PROCESSES: "2",
};

/** What a browser sends with each form. */
export const formHeaders = {
  "content-type": "application/x-www-form-urlencoded",
  "sec-fetch-site": "same-origin",
  origin,
};

const newProvider = {
  "provider.name": "Bench GmbH",
  "provider.legalForm": "GmbH",
  "provider.street": "Messweg 1",
  "provider.postalCode": "20457",
  "provider.city": "Hamburg",
  "provider.country": "DE",
  "provider.email": "info@crm.example",
  "provider.dpoName": "Dora Datenschutz",
  "provider.dpoEmail": "dsb@crm.example",
};

/** Starts an empty product and sets it up. */
export async function startEmpty(): Promise<Service> {
  const service = await (await newService(settings)).ready();
  const path = /https:\/\/crm\.example(\/setup\/\S+)/.exec(service.output)![1]!;
  await post(service, path, {
    ...newProvider,
    "tenantName": "Bench",
    "admin.name": "Berta Bench",
    "admin.email": admin.email,
    "admin.password": admin.password,
  });
  // By the database: its page wants a second factor of the operator, and only once.
  await asOwner(service, async (url) => {
    const owner = openPool(url, { max: 1 });
    const known = (await provider.lookup(owner))!;
    await provider.update(owner, {
      ...known,
      land: "HH",
      representedBy: "Berta Bench",
      registerEntry: "Amtsgericht Hamburg, HRB 1",
    }).finally(() => owner.end());
  });
  return service;
}

/** Starts the product on the data folder of one that was stopped. */
export const startAgain = (before: Service): Service =>
  new Service(before.dataDir, before.port, settings);

/** Signs in over HTTP; the headers that every further request of this person carries. */
export async function signIn(service: Service): Promise<Record<string, string>> {
  const answer = await post(service, "/login", admin);
  const cookie = answer.headers.getSetCookie()[0]!.split(";")[0]!;
  return { cookie, "accept-language": "de" };
}

/** Runs work with the connection of the database's owner. */
export async function asOwner<T>(service: Service, work: (ownerUrl: string) => Promise<T>) {
  const { adminUrl, close } = await openDatabase({ dataDir: service.dataDir });
  try {
    return await work(adminUrl);
  } finally {
    await close();
  }
}

/** Posts a form that must be answered by a redirect. */
export async function post(
  service: Service,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const answer = await fetch(service.url + path, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { ...formHeaders, ...headers },
    redirect: "manual",
  });
  const text = await answer.text();
  equal(answer.status, 303, `POST ${path}: ${answer.status} ${text.slice(0, 2_000)}`);
  return answer;
}

export interface Memory {
  /** Megabytes of all our processes together, pages that they share counted once. */
  now: number;
  /** The most that a single process ever had, shared pages included. */
  peak: number;
}

/** The numbers of the supervisor and of all processes below it; PostgreSQL apart. */
export async function processes(service: Service): Promise<number[]> {
  const roles = ["web", "jobs", "inbound", "egress"] as const;
  const children = await Promise.all(roles.map((role) => service.children(role)));
  return [service.pid, ...children.flat()];
}

/** What Linux says of a process, in megabytes. */
const megabytes = (pid: number, file: string, name: string) =>
  Number(
    RegExp(`^${name}:\\s+(\\d+)`, "m").exec(Deno.readTextFileSync(`/proc/${pid}/${file}`))?.[1],
  ) / 1024;

/** The memory a process has just now, shared pages included. */
export const residentMegabytes = (pid: number): number => megabytes(pid, "status", "VmRSS");

/** The most memory that it ever had, shared pages included; NaN when it is gone. */
export function peakMegabytes(pid: number): number {
  try {
    return megabytes(pid, "status", "VmHWM");
  } catch {
    return NaN;
  }
}

/** Memory of all our processes; PostgreSQL apart. */
export async function memory(service: Service): Promise<Memory> {
  const pids = await processes(service);
  const shares = pids.map((pid) => megabytes(pid, "smaps_rollup", "Pss"));
  return {
    now: Math.round(shares.reduce((sum, share) => sum + share, 0)),
    peak: Math.round(Math.max(...pids.map(peakMegabytes))),
  };
}
