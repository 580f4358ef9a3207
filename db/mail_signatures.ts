/** The signature below a user's mails, in German and in English. */
import type { Scope } from "./scope.ts";

export type Language = "de" | "en";
export const languages: readonly Language[] = ["de", "en"];
export type Signatures = Record<Language, string>;

/** The acting user's signatures; empty where there is none. */
export async function find({ sql, tenantId, actor }: Scope): Promise<Signatures> {
  const rows = await sql<{ language: Language; body: string }[]>`
    select language, body
    from mail_signatures
    where tenant_id = ${tenantId}
      and user_id = ${actor.userId}
  `;
  return {
    de: "",
    en: "",
    ...Object.fromEntries(rows.map(({ language, body }) => [language, body])),
  };
}

/** Replaces both. */
export async function update(
  { sql, tenantId, actor, now }: Scope,
  signatures: Signatures,
): Promise<void> {
  for (const language of languages) {
    await sql`
      insert into mail_signatures (tenant_id, user_id, language, body, updated_at)
      values (${tenantId}, ${actor.userId}, ${language}, ${signatures[language]}, ${now})
      on conflict (tenant_id, user_id, language) do update
      set body = excluded.body, updated_at = excluded.updated_at
    `;
  }
}
