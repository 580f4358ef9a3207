/**
 * What strangers enter into a tenant's forms. It waits until the address has been confirmed
 * (`web_form_confirmations.ts`). People who objected or were erased may ask like anybody else: they
 * get the mail too, as it advertises nothing.
 */
import { now as clock } from "./clock.ts";
import type { CustomInput } from "./custom_values.ts";
import { newId } from "./ids.ts";
import type { AnySql } from "./pool.ts";
import { retentionClasses } from "./retention_classes.ts";
import type { Scope } from "./scope.ts";
import { newToken, tokenDigest } from "./sessions.ts";
import type * as webForms from "./web_forms.ts";

export interface EntryInput {
  email: string;
  firstName: string;
  lastName: string;
  /** In stored form, or as it was typed if it is not readable as a number. */
  phone: string;
  company: string;
  message: string;
  /** The values for custom fields. */
  custom: CustomInput;
  /** Whether the form's consent was ticked. */
  consents: boolean;
  language: "de" | "en";
}

export interface Entry extends EntryInput {
  id: string;
  formId: string;
  textId: string;
  createdAt: Date;
  confirmedAt: Date | null;
}

/** How long an entry waits for its confirmation. */
const waits = Temporal.Duration.from(retentionClasses.form_entry.period).total("milliseconds");

/** Stores an entry until it is confirmed; returns its link's token, which is stored nowhere. */
export async function create(
  { sql, tenantId, now }: Scope,
  { id: formId, textId }: Pick<webForms.WebForm, "id" | "textId">,
  { custom, ...input }: EntryInput,
): Promise<string> {
  const token = newToken();
  await sql`insert into web_form_entries ${
    sql({
      tenantId,
      id: newId(),
      formId,
      textId,
      ...input,
      custom: sql.json(custom),
      tokenDigest: tokenDigest(token),
      createdAt: now,
    })
  }`;
  return token;
}

/** Which entry a link belongs to, or null once it is over. Changes nothing. */
export async function lookup(
  sql: AnySql,
  token: string,
): Promise<{ tenantId: string; id: string } | null> {
  const since = new Date(clock().getTime() - waits);
  const [found] = await sql<{ tenantId: string; id: string }[]>`
    select tenant_id, id
    from web_form_entry_by_digest(${tokenDigest(token)}, ${since})
  `;
  return found ?? null;
}

/** What an entry's page shows of it. */
export interface Shown extends Pick<Entry, "formId" | "language" | "confirmedAt"> {
  /** The consent text that was ticked, effective with the confirmation; empty if it was not. */
  consent: string;
}

/** The entry as its page shows it; null if it is gone. */
export async function find({ sql, tenantId }: Scope, id: string): Promise<Shown | null> {
  const [entry] = await sql<Shown[]>`
    select e.form_id, e.language, e.confirmed_at,
      case when e.consents then coalesce(t.words -> e.language ->> 'consent', '') else '' end as consent
    from web_form_entries e
    join web_form_texts t on t.tenant_id = e.tenant_id and t.id = e.text_id
    where e.tenant_id = ${tenantId}
      and e.id = ${id}
  `;
  return entry ?? null;
}

/** Removes entries not confirmed in time, in all tenants; returns the number of rows. */
export async function removeOld(sql: AnySql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select expire_web_form_entries(${new Date(clock().getTime() - waits)}) as count
  `;
  return row!.count;
}
