/** Mails as strangers write them, and their way into a tenant. */
import { now } from "../../db/clock.ts";
import * as arrivals from "../../db/arrivals.ts";
import type { Intake } from "../../db/file_intake.ts";
import { scanFirst } from "../../db/file_verdicts.ts";
import { read } from "../../db/received_mails/contents.ts";
import { keyOf } from "../../db/received_mails/keys.ts";
import { system, withScope } from "../../db/scope.ts";
import type { Client } from "./app.ts";
import type { Person } from "./cast.ts";
import { idOf } from "./html.ts";
import { domain } from "./inbound.ts";

export interface Letter {
  from: string;
  to: string;
  cc?: string;
  subject?: string;
  id?: string;
  references?: string;
  date?: string;
  /** Further fields, each as a line. */
  fields?: string[];
  text?: string;
}

let count = 0;

/** A raw mail. */
export function letter(
  { from, to, cc, subject = "Anfrage", id, references, date, fields = [], text }: Letter,
): Uint8Array {
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    ...(cc ? [`Cc: ${cc}`] : []),
    `Subject: ${subject}`,
    `Message-ID: <${id ?? `m${++count}.${now().getTime()}@muster.example`}>`,
    ...(references ? [`References: ${references}`] : []),
    `Date: ${date ?? now().toUTCString()}`,
    ...fields,
  ];
  return new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n${text ?? "Guten Tag!"}\r\n`);
}

/** Delivers a raw mail into a person's tenant, as the jobs would. */
export async function arrive(
  person: Person,
  raw: Uint8Array,
  { store, ...more }: Partial<Omit<arrivals.Arrival, "store">> & { store?: Intake } = {},
): Promise<arrivals.Outcome> {
  const { tenantId, userId, test } = person;
  const contents = await read(raw);
  const arrival = {
    contents,
    key: keyOf(raw),
    size: raw.length,
    receivedAt: now(),
    userId,
    domain,
  };
  const { pool, config } = test.services;
  const keeping = { ...config, ...store };
  return await scanFirst(
    keeping.clamavSocket,
    (verdicts) =>
      withScope(pool, { tenantId, actor: system }, (scope) =>
        arrivals.take(scope, {
          ...arrival,
          way: "inbox",
          ...more,
          store: { ...keeping, verdicts },
        })),
  );
}

/** Creates a contact with an address. Returns its id. */
export async function contact(
  client: Client,
  lastName: string,
  address: string,
  fields: Record<string, string> = {},
): Promise<string> {
  const answer = await client.post("/contacts/new", {
    lastName,
    origin: "card",
    status: "lead",
    "emails.0.kind": "work",
    "emails.0.address": address,
    _anyway: "1",
    ...fields,
  });
  if (answer.status !== 303) throw new Error(`the contact was refused: ${await answer.text()}`);
  return idOf(answer);
}

/** Creates a company with an address. Returns its id. */
export async function company(client: Client, name: string, address: string): Promise<string> {
  const answer = await client.post("/companies/new", {
    name,
    "emails.0.kind": "work",
    "emails.0.address": address,
    _anyway: "1",
  });
  if (answer.status !== 303) throw new Error(`the company was refused: ${await answer.text()}`);
  return idOf(answer);
}
