/** Forgotten passwords: requested by anyone, opened by a job, completed by whoever has the link. */
import { now } from "./clock.ts";
import * as identities from "./identities.ts";
import { newId } from "./ids.ts";
import { enqueue } from "./jobs.ts";
import type { Sql, Tx } from "./pool.ts";
import * as sessions from "./sessions.ts";
import * as demands from "./sign_in_demands.ts";
import * as tokens from "./tokens.ts";

/**
 * Notes that someone asked for a link to this address. The work is the same whether or not the
 * address has an identity; a job looks that up, so that neither the answer nor its timing gives it
 * away.
 */
export async function request(pool: Sql, email: string): Promise<void> {
  const id = newId();
  await pool.begin(async (sql) => {
    // Until the job opens the request, the digest is of a token that nobody has.
    await sql`
      insert into tokens (id, kind, token_digest, email, created_at, expires_at)
      values (
        ${id}, 'password_reset', ${sessions.tokenDigest(sessions.newToken())}, ${email},
        ${now()}, ${tokens.deadline("password_reset", now())}
      )
    `;
    await enqueue(sql, "send_password_reset", null, { tokenId: id });
  });
}

/**
 * Gives a noted request its identity and a token for the mail; null if nobody has the address. No
 * token is made if a password would not help because the tenant's own provider is the only way in.
 */
export async function open(
  sql: Tx,
  id: string,
): Promise<{ identity: identities.Identity; token: string | null } | null> {
  const [row] = await sql<{ email: string }[]>`
    select email
    from tokens
    where id = ${id}
      and kind = 'password_reset'
      and identity_id is null
      and email is not null
    for update
  `;
  // Held, or the old mailbox would get a link while its address is being replaced.
  const identity = row ? await identities.hold(sql, row.email) : null;
  const bound = identity !== null && (await demands.lookup(sql, identity.id))?.isOnly;
  if (!identity || bound) {
    await sql`delete from tokens where id = ${id} and identity_id is null`;
    return identity && { identity, token: null };
  }
  const token = sessions.newToken();
  await sql`
    update tokens
    set identity_id = ${identity.id}, email = null, token_digest = ${
    sessions.tokenDigest(
      token,
    )
  }
    where id = ${id}
  `;
  return { identity, token };
}

/**
 * Redeems a link: the new password applies, every session and every other such link ends. Null if
 * the link no longer works, or if a password is no longer a way in.
 */
export async function complete(
  pool: Sql,
  token: string,
  passwordHash: string,
): Promise<identities.Identity | null> {
  return await pool.begin(async (sql) => {
    const used = await tokens.use(sql, "password_reset", token);
    if (!used?.identityId) return null;
    if ((await demands.lookup(sql, used.identityId))?.isOnly) return null;
    await identities.setPassword(sql, used.identityId, passwordHash);
    await tokens.revoke(sql, "password_reset", used.identityId);
    await tokens.revoke(sql, "email_change", used.identityId);
    await tokens.revoke(sql, "second_factor", used.identityId);
    await sessions.removeAll(sql, used.identityId);
    return await identities.find(sql, used.identityId);
  });
}
