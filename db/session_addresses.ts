/** The addresses that sessions came from: in full for a week, then only their network. */
import { now } from "./clock.ts";
import type { AnySql } from "./pool.ts";

/** How long a session keeps the full address it came from, in milliseconds. */
const fullAddress = 7 * 86_400_000;

/** Shortens addresses older than 7 days to /24 and /48, as the retention rules require. */
export async function shorten(sql: AnySql): Promise<number> {
  const { count } = await sql`
    update sessions
    set ip = case
      when ip like '%:%' then host(network(set_masklen(ip::inet, 48)))
      else host(network(set_masklen(ip::inet, 24)))
    end
    where created_at <= ${new Date(now().getTime() - fullAddress)}
      and ip ~ '^[0-9a-fA-F:.]+$'
      and ip !~ '(\\.0|::)$'
  `;
  return count;
}
