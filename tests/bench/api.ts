/** The API under load: a list by many tokens, for one alone would use its quota up within a second. */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import type { Sql } from "../../db/pool.ts";
import { newToken, tokenDigest } from "../../db/sessions.ts";
import type { Row } from "./load.ts";

/** Enough for a minute at more than any measured rate. */
const most = 150;

/** The rows, with tokens of the first user made for them. */
export async function apiRows(owner: Sql): Promise<Row[]> {
  const [user] = await owner<{ tenantId: string; id: string }[]>`
    select tenant_id, id from users order by id limit 1
  `;
  const tokens = Array.from({ length: most }, () => `kcrm_${newToken()}`);
  const at = now();
  await owner`insert into api_tokens ${
    owner(tokens.map((token) => ({
      tenantId: user!.tenantId,
      id: newId(),
      userId: user!.id,
      name: "Bench",
      tokenDigest: tokenDigest(token),
      scopes: ["contacts:read"],
      expiresAt: new Date(at.getTime() + 86_400_000),
      createdAt: at,
    })))
  }`;
  const row = (name: string, path: string): Row => ({
    name,
    status: 200,
    ask: (n) => ({ path, headers: { authorization: `Bearer ${tokens[n % most]}` } }),
  });
  return [
    row("API: contacts, 50 a page", "/api/v1/contacts"),
    row("API: filtered contacts", "/api/v1/contacts?status=customer&sort=touch"),
  ];
}
