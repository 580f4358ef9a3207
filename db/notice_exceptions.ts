/** Why a person need not be informed (Art. 13(4), 14(5) GDPR): recorded, shown, taken back. */
import { type Changed, touchable, type What } from "./bulk_batches.ts";
import * as changes from "./changes.ts";
import { Invalid, NotFound } from "./errors.ts";
import type { Scope } from "./scope.ts";

/**
 * The cases of Art. 14(5)(a) to (d): the person knows already; it is impossible, out of proportion
 * or would defeat the purpose; a law provides for it; a professional secret.
 */
export const grounds = ["known", "effort", "law", "secrecy"] as const;
export type Ground = typeof grounds[number];

export interface Exception {
  ground: Ground;
  /** In the words of whoever recorded it; never empty. */
  reason: string;
}

/** The exception of the person of row `p`, with the name of whoever recorded it. */
export const column = ({ sql }: Scope) =>
  sql`case when p.notice_exception is not null then jsonb_build_object(
        'ground', p.notice_exception,
        'reason', p.notice_exception_reason,
        'at', p.notice_exception_at,
        'by', (
          select i.name
          from users u
          join identities i on i.id = u.identity_id
          where u.tenant_id = p.tenant_id
            and u.id = p.notice_exception_by
        )
      ) end as notice_exception`;

/** How a bulk change stores an exception. */
export const valueOf = ({ ground, reason }: Exception): string => `${ground}:${reason}`;

const exceptionIn = (value: string): Exception => {
  const [ground, ...reason] = value.split(":");
  return { ground: ground as Ground, reason: reason.join(":") };
};

/**
 * Records that the person need not be informed. Whoever filled in a form gave the data, and then
 * only the first ground exists: throws Invalid `contacts.exception_given`. Throws NotFound.
 */
export async function create(
  scope: Scope,
  contactId: string,
  { ground, reason }: Exception,
): Promise<void> {
  const { sql, tenantId, actor, now } = scope;
  const [row] = await sql<{ sourceChannel: string }[]>`
    select source_channel
    from contacts
    where tenant_id = ${tenantId}
      and id = ${contactId}
      and deleted_at is null
    for no key update
  `;
  if (!row) throw new NotFound("contact");
  if (ground !== "known" && row.sourceChannel === "form") {
    throw new Invalid("contacts.exception_given", "ground");
  }
  await sql`
    update contacts
    set notice_exception = ${ground}, notice_exception_reason = ${reason},
      notice_exception_at = ${now}, notice_exception_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${contactId}
  `;
  await note(scope, [contactId], true, { ground, reason });
}

/** Takes it back: the duty and its day are as before. Throws NotFound. */
export async function withdraw(scope: Scope, contactId: string): Promise<void> {
  const { sql, tenantId } = scope;
  const [row] = await sql`
    update contacts
    set ${none(scope)}
    where tenant_id = ${tenantId}
      and id = ${contactId}
      and deleted_at is null
    returning id
  `;
  if (!row) throw new NotFound("contact");
  await note(scope, [contactId], false);
}

const none = ({ sql }: Scope) =>
  sql`notice_exception = null, notice_exception_reason = null, notice_exception_at = null,
      notice_exception_by = null`;

/** Records the same of a batch, except of those informed or excepted already; returns whom. */
export async function apply(scope: Scope, what: What, ids: readonly string[]): Promise<Changed[]> {
  const { sql, tenantId, actor, now } = scope;
  const { ground, reason } = exceptionIn(what.value);
  return await sql<Changed[]>`
    with meant as materialized (
      select p.id
      ${touchable(scope, what, ids)}
    )
    update contacts p
    set notice_exception = ${ground}, notice_exception_reason = ${reason},
      notice_exception_at = ${now}, notice_exception_by = ${actor.userId}
    from meant
    where p.tenant_id = ${tenantId}
      and p.id = meant.id
      and p.notice_sent_at is null
      and p.notice_exception is null
      and (${ground} = 'known' or p.source_channel <> 'form')
    returning p.id, null as old
  `;
}

/** Takes it back where it was this change's record. */
export async function revert(scope: Scope, what: What, ids: readonly string[]): Promise<Changed[]> {
  const { sql, tenantId } = scope;
  return await sql<Changed[]>`
    with meant as materialized (
      select p.id
      ${touchable(scope, what, ids)}
    )
    update contacts p
    set ${none(scope)}
    from meant
    where p.tenant_id = ${tenantId}
      and p.id = meant.id
      and p.notice_exception_at <= (
        select coalesce(finished_at, 'infinity')
        from bulk_changes
        where tenant_id = ${tenantId}
          and id = ${what.id}
      )
    returning p.id, null as old
  `;
}

/** Writes the histories of those concerned. */
export async function note(
  scope: Scope,
  ids: readonly string[],
  forth: boolean,
  given?: Exception | string,
): Promise<void> {
  const exception = typeof given === "string" ? exceptionIn(given) : given;
  await changes.recordAll(scope, {
    kind: "contact",
    ids,
    action: forth ? "notice_excepted" : "notice_exception_withdrawn",
    fields: forth && exception ? [{ name: "notice_exception", to: exception.ground }] : [],
    // An access answer includes the history, and must not give a secret away.
    reason: !forth || exception?.ground === "secrecy" ? "" : exception?.reason ?? "",
  });
}
