/** Assigns a mail in the inbox to a record's page; the record can learn its sender's address. */
import * as people from "./arrivals/people.ts";
import * as changes from "./changes.ts";
import { isValid } from "./email_addresses.ts";
import { NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import { dayOf } from "./local_times.ts";
import * as inbox from "./inbox.ts";
import { find as findMessage, type Message, visible } from "./message_views.ts";
import * as messages from "./messages.ts";
import * as notices from "./notices.ts";
import { linksOf } from "./record_links.ts";
import type { Scope } from "./scope.ts";
import * as searchTexts from "./search_texts.ts";

export interface Target {
  kind: "contact" | "company";
  id: string;
}

/** How many other mails of the same sender are assigned along with it. */
const mostOthers = 200;

/** The address that a mail is about: its sender's or, for our own mails, its first recipient's. */
export const strangerOf = (message: Message): { name: string; address: string } | null =>
  message.direction === "in" && message.fromAddress
    ? { name: message.fromName, address: message.fromAddress }
    : message.sentTo[0] ?? null;

/**
 * Puts a mail on a record's page. If the record learns the address, the sender's other open mails
 * follow, and later ones are assigned automatically. Throws NotFound. Returns how many were
 * assigned.
 */
export async function assign(
  scope: Scope,
  inboxId: string,
  target: Target,
  learn: boolean,
): Promise<number> {
  const entry = await inbox.find(scope, inboxId);
  const message = await findMessage(scope, entry.messageId);
  await lock(scope, target);
  const stranger = strangerOf(message);
  const others = learn && stranger ? await openFrom(scope, stranger.address, message.id) : [];
  if (learn && stranger) await learnAddress(scope, target, stranger.address);
  const links = await linksOf(scope, {
    contactIds: target.kind === "contact" ? [target.id] : [],
    companyIds: target.kind === "company" ? [target.id] : [],
  });
  const all = [{ id: message.id, at: message.at }, ...others];
  for (const { id, at } of all) await messages.link(scope, id, at, links);
  await inbox.settle(scope, all.map(({ id }) => id));
  if (target.kind === "contact") {
    await people.touch(scope, [target.id], message.at);
    if (message.direction === "out") await notices.hasten(scope, [target.id], dayOf(message.at));
  }
  return all.length;
}

async function lock({ sql, tenantId }: Scope, { kind, id }: Target): Promise<void> {
  const [row] = await sql`
    select id
    from ${sql(kind === "contact" ? "contacts" : "companies")}
    where tenant_id = ${tenantId}
      and id = ${id}
      and deleted_at is null
    for no key update
  `;
  if (!row) throw new NotFound(kind);
}

/** Other mails of an address that are open for the acting user. */
async function openFrom(
  scope: Scope,
  address: string,
  butId: string,
): Promise<{ id: string; at: Date }[]> {
  const { sql, tenantId, actor } = scope;
  return await sql<{ id: string; at: Date }[]>`
    select distinct m.id, m.at
    from inbox_messages b
    join messages m on m.tenant_id = b.tenant_id and m.id = b.message_id
    where b.tenant_id = ${tenantId}
      and b.state = 'open'
      and (b.user_id = ${actor.userId} or b.user_id is null)
      and m.id <> ${butId}
      and lower(m.from_address) = ${address.toLowerCase()}
      and ${visible(scope)}
    limit ${mostOthers}
  `;
}

async function learnAddress(scope: Scope, { kind, id }: Target, address: string): Promise<void> {
  if (!isValid(address)) return;
  const { sql, tenantId, actor, now } = scope;
  const of = sql(`${kind}_id`);
  const added = await sql`
    insert into emails (tenant_id, id, ${of}, kind, address, position)
    select ${tenantId}, ${newId()}, ${id}, 'work', ${address}, (
      select coalesce(max(position) + 1, 0)
      from emails
      where tenant_id = ${tenantId}
        and ${of} = ${id}
    )
    where not exists (
      select
      from emails
      where tenant_id = ${tenantId}
        and ${of} = ${id}
        and address_key = ${address.toLowerCase()}
    )
    returning id
  `;
  if (added.length === 0) return;
  await sql`
    update ${sql(kind === "contact" ? "contacts" : "companies")}
    set version = version + 1, updated_at = ${now}, updated_by = ${actor.userId}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  await searchTexts.refresh(scope, kind, [id]);
  await changes.record(scope, { kind, id, action: "updated", fields: [{ name: "emails" }] });
}

/** The company with the address's domain, as a suggestion; null if there is none or several. */
export async function companyOf(
  { sql, tenantId }: Scope,
  address: string,
): Promise<{ id: string; name: string } | null> {
  const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
  const rows = await sql<{ id: string; name: string }[]>`
    select o.id, o.name
    from companies o
    where o.tenant_id = ${tenantId}
      and o.deleted_at is null
      and (
        o.domain = ${domain}
        or o.id in (
          select e.company_id
          from emails e
          where e.tenant_id = ${tenantId}
            and e.domain = ${domain}
            and e.company_id is not null
        )
      )
    order by o.id
    limit 2
  `;
  return rows.length === 1 ? rows[0]! : null;
}
