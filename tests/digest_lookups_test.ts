/** A caller is found by the digest of a token, in the same time however many tokens there are. */
import { equal, ok } from "node:assert/strict";
import { newId } from "../db/ids.ts";
import type { Sql } from "../db/pool.ts";
import { tokenDigest } from "../db/sessions.ts";
import { cast } from "./support/cast.ts";

const { test, alice } = await cast();
const { owner } = test.db;
const later = new Date(Date.UTC(2100, 0));
const many = Array.from({ length: 4_000 }, () => newId());

/** Rows of a table that one statement reads. */
async function read(table: string, look: (sql: Sql) => PromiseLike<readonly unknown[]>) {
  return await owner.begin(async (sql) => {
    const seen = async () => {
      const [row] = await sql<{ rows: number }[]>`
        select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
        from pg_stat_xact_user_tables
        where relname = ${table}
      `;
      return row!.rows;
    };
    const before = await seen();
    equal((await look(sql as unknown as Sql)).length, 1);
    return await seen() - before;
  });
}

Deno.test("a program's token is found without reading those beside it", async () => {
  await owner`
    insert into api_tokens (tenant_id, id, user_id, name, token_digest, scopes, expires_at, created_at)
    select tenant_id, each::uuid, id, 'Test', sha256(convert_to(each, 'UTF8')), '{contacts:read}',
      ${later}, now()
    from users, unnest(${many}::text[]) each
    where id = ${alice.userId}
  `;
  const looked = await read("api_tokens", (sql) =>
    sql`
      select from api_caller(${tokenDigest(many[200]!)}, now())
    `);
  ok(looked <= 2, `${looked} rows`);
});

Deno.test("a session is found without reading those beside it", async () => {
  await owner`
    insert into sessions (
      id, identity_id, tenant_id, token_digest, ip, user_agent, created_at, last_seen_at, expires_at,
      confirmed_at
    )
    select each::uuid, u.identity_id, u.tenant_id, sha256(convert_to(each, 'UTF8')), '192.0.2.1',
      'Test', now(), now(), ${later}, now()
    from users u, unnest(${many}::text[]) each
    where u.id = ${alice.userId}
  `;
  const looked = await read("sessions", (sql) =>
    sql`
      select from session_with_rights(${tokenDigest(many[200]!)}, now())
    `);
  ok(looked <= 2, `${looked} rows`);
});
