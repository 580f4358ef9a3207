/**
 * Links in the officer's letters: each performs one action on one item, once, while nothing
 * changed.
 */
import * as codes from "./case_codes.ts";
import type { LinkAction } from "./case_letters.ts";
import type { AnySql } from "./pool.ts";
import type { Scope } from "./scope.ts";
import { tokenDigest } from "./sessions.ts";

export interface CaseLink {
  id: string;
  letterId: string;
  caseId: string;
  itemId: string;
  action: LinkAction;
  /** The role that the letter was written to. */
  recipient: "officer" | "deputy";
  /** The state of the item for which the link was created. */
  state: string;
  /** Neither used nor expired, with attempts left for the letter. */
  live: boolean;
  /** Whether its letter's seven days are over. */
  expired: boolean;
  /** Whether three wrong codes were typed. */
  spent: boolean;
}

/**
 * Actions that cannot be undone, or end an item unseen, need the code: scanners press buttons too.
 */
const coded: readonly LinkAction[] = ["approve", "refuse", "done", "person"];

export const isCoded = (action: LinkAction): boolean => coded.includes(action);

/** The controller and id of a link, or null. Changes nothing. */
export async function lookup(
  sql: AnySql,
  token: string,
): Promise<{ tenantId: string; id: string } | null> {
  const [row] = await sql<{ tenantId: string; id: string }[]>`
    select tenant_id, id
    from case_link_by_digest(${tokenDigest(token)})
  `;
  return row ?? null;
}

/** Returns the link with an id; null if it belongs to another controller. */
export async function find({ sql, tenantId, now }: Scope, id: string): Promise<CaseLink | null> {
  const [row] = await sql<CaseLink[]>`
    select l.id, l.letter_id, e.case_id, l.item_id, l.action, e.recipient, c.state,
      l.used_at is null and e.expires_at > ${now} and e.failures < ${codes.mostFailures} as live,
      e.expires_at <= ${now} as expired, e.failures >= ${codes.mostFailures} as spent
    from case_links l
    join case_letters e on e.tenant_id = l.tenant_id and e.id = l.letter_id
    join case_codes c
      on c.tenant_id = l.tenant_id
      and c.letter_id = l.letter_id
      and c.item_id = l.item_id
    where l.tenant_id = ${tenantId}
      and l.id = ${id}
  `;
  return row ?? null;
}

/** Uses a link up; of many concurrent callers exactly one gets true. */
export async function use({ sql, tenantId, now }: Scope, id: string): Promise<boolean> {
  const { count } = await sql`
    update case_links
    set used_at = ${now}
    where tenant_id = ${tenantId}
      and id = ${id}
      and used_at is null
  `;
  return count > 0;
}
