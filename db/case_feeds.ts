/** The deadlines of a controller's open cases as a calendar: numbers and dates, never a name. */
import { Buffer } from "node:buffer";
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import * as authorityCases from "./authority_cases.ts";
import * as officers from "./officers.ts";
import type { Scope } from "./scope.ts";

export interface FeedCase {
  id: string;
  number: string;
  dueOn: string;
  updatedAt: Date;
  version: number;
}

/** The maximum number of deadlines in a calendar. */
const most = 1_000;

/**
 * The secret part of the calendar's address. Derived from the installation's secret and the
 * officer's address: when somebody else becomes the officer, the old address stops working.
 */
export async function tokenOf(scope: Scope, secretKey: string): Promise<string> {
  const { email } = await officers.find(scope);
  const secret = Buffer.from(secretKey, "base64");
  const key = Buffer.from(hkdfSync("sha256", secret, scope.tenantId, "case feeds", 32));
  return createHmac("sha256", key).update(email.toLowerCase()).digest("base64url");
}

/** Whether a token is the calendar's. */
export async function isToken(scope: Scope, secretKey: string, token: string): Promise<boolean> {
  const own = Buffer.from(await tokenOf(scope, secretKey));
  const given = Buffer.from(token);
  return own.length === given.length && timingSafeEqual(own, given);
}

/** The open cases whose clock is running, earliest deadline first; an authority has its own. */
export async function list(scope: Scope): Promise<FeedCase[]> {
  const { sql, tenantId } = scope;
  return await sql<FeedCase[]>`
    select id, number, due_on, updated_at, version
    from cases
    where tenant_id = ${tenantId}
      and status = 'open'
      and paused_at is null
      and id <> all (${await authorityCases.listOpen(scope)}::uuid[])
    order by due_on, id
    limit ${most}
  `;
}
