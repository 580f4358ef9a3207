/** Proof that customers can meet their duty to inform persons: it is counted, and stays honest. */
import { today } from "../clock.ts";
import * as exceptions from "../notice_exceptions.ts";
import * as notices from "../notices.ts";
import type { Sql } from "../pool.ts";
import type { Outcome } from "../proofs.ts";
import { type Scope, system, withScope } from "../scope.ts";
import * as selections from "../selections.ts";
import * as tenants from "../tenants.ts";
import { rehearse } from "./rehearsals.ts";

/**
 * 2.3: whoever was not informed is listed until that happened or an exception of Art. 14(5) GDPR is
 * recorded with its reason, and again once it is withdrawn. How many are overdue is up to the
 * customers, who are the controllers: it is shown, and no failure of the service.
 */
export async function informingTracked(sql: Sql): Promise<Outcome> {
  const figures = { informed: 0, waiting: 0, overdue: 0, excepted: 0, unfounded: 0 };
  for await (const tenantId of tenants.each(sql)) {
    const found = await withScope(sql, { tenantId, actor: system }, count);
    for (const [name, value] of Object.entries(found)) {
      figures[name as keyof typeof figures] += value;
    }
  }
  const tried = await rehearse(sql, async (scope, { id, word }) => {
    const before = await listed(scope, word);
    await exceptions.create(scope, id, { ground: "effort", reason: "rehearsal" });
    const excepted = await listed(scope, word);
    await exceptions.withdraw(scope, id);
    const again = await listed(scope, word);
    await notices.send(scope, id);
    return { before, after: excepted + await listed(scope, word), again };
  });
  return {
    passed: figures.unfounded === 0 &&
      (tried === null || (tried.before === 1 && tried.after === 0 && tried.again === 1)),
    figures: { ...figures, ...tried },
  };
}

async function count({ sql, tenantId }: Scope) {
  const [row] = await sql<
    [{
      informed: number;
      waiting: number;
      overdue: number;
      excepted: number;
      unfounded: number;
    }]
  >`
    select count(*) filter (where notice_sent_at is not null)::int as informed,
      count(*) filter (
        where notice_sent_at is null
          and notice_exception is null
      )::int as waiting,
      count(*) filter (
        where notice_sent_at is null
          and notice_exception is null
          and notice_due_on < ${today()}
      )::int as overdue,
      count(*) filter (
        where notice_sent_at is null
          and notice_exception is not null
      )::int as excepted,
      count(*) filter (
        where notice_exception is not null
          and (
            coalesce(notice_exception_reason, '') = ''
            or notice_exception_at is null
            or (notice_exception <> 'known' and source_channel = 'form')
          )
      )::int as unfounded
    from contacts
    where tenant_id = ${tenantId}
      and deleted_at is null
  `;
  return row;
}

/** How many of the persons not informed the list finds by this word. */
const listed = async (scope: Scope, q: string): Promise<number> =>
  await selections.count(scope, "contact", { filter: { ...everyone, q, empty: ["notice"] } }, 2);

const everyone = { tag: null, owner: null, status: null, company: null };
