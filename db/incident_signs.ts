/** Possible signs of a breach: unusual log-ins and exports in the last day. */
import * as advisoryLocks from "./advisory_locks.ts";
import { now, startOf, today } from "./clock.ts";
import type { AnySql } from "./pool.ts";
import { signIn } from "./rate_limits.ts";
import type { Scope } from "./scope.ts";

/** Rows or exports of one user in a day from which on somebody should look. */
const striking = { rows: 5000, exports: 10 };
/** Number of networks in a day from which one person's log-ins are conspicuous. */
const networks = 4;
const day = 86_400_000;

export interface Signs {
  exports: {
    tenantId: string;
    tenantName: string;
    userId: string | null;
    exports: number;
    rowSum: number;
  }[];
  /** Accounts with more failed password attempts than allowed. */
  guessed: number;
  /** People who signed in from conspicuously many networks. */
  scattered: number;
}

/** The signs of the last 24 hours. */
export async function find(sql: AnySql): Promise<Signs> {
  const since = new Date(now().getTime() - day);
  const exports = await sql<Signs["exports"]>`
    select tenant_id, tenant_name, user_id, exports, row_sum
    from unusual_exports(${since}, ${striking.rows}, ${striking.exports})
  `;
  const [counts] = await sql<[{ guessed: number; scattered: number }]>`
    select
      (
        select count(distinct key_digest)::int
        from rate_limits
        where scope = ${signIn.account.name}
          and window_start > ${since}
          and hits > ${signIn.account.most}
      ) as guessed,
      (
        select count(*)::int
        from (
          select identity_id
          from sessions
          where created_at > ${since}
          group by identity_id
          having count(distinct case
            when ip ~ '^[0-9.]+$' then regexp_replace(ip, '\\.[0-9]+$', '')
            else ip
          end) >= ${networks}
        ) many
      ) as scattered
  `;
  return { exports, ...counts };
}

/** Whether there is anything to look at. */
export const any = ({ exports, guessed, scattered }: Signs): boolean =>
  exports.length + guessed + scattered > 0;

/** Whether the operators were written to today; others who ask wait until the transaction ends. */
export async function isReported(scope: Scope): Promise<boolean> {
  await advisoryLocks.take(scope, "incident_signs");
  const [row] = await scope.sql<[{ reported: boolean }]>`
    select exists (
      select
      from mails
      where tenant_id is null
        and kind = 'incident_signs'
        and created_at >= ${startOf(today())}
    ) as reported
  `;
  return row.reported;
}

/** How to reach the installation's operators; at most 20. */
export async function listOperators(sql: AnySql) {
  return await sql<{ email: string; name: string; locale: "de" | "en" }[]>`
    select email, name, locale
    from identities
    where operator
    order by id
    limit 20
  `;
}
