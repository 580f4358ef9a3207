/** What remains of erased persons: empties the trash and lists what is suppressed then. */
import { equal } from "node:assert/strict";
import { eraseTrash } from "../../jobs/trash.ts";
import type { Cast } from "./cast.ts";

/** What is suppressed in Alice's tenant: `channel reason`, in order. */
export const barred = ({ alice, test }: Cast): Promise<string[]> =>
  test.db.owner<{ channel: string; reason: string }[]>`
    select channel, reason from suppressions where tenant_id = ${alice.tenantId} order by 1, 2
  `.then((rows) => rows.map(({ channel, reason }) => `${channel} ${reason}`));

/** Erases a contact in the trash, as the nightly job does. */
export async function emptyTrash({ test }: Pick<Cast, "test">, id: string): Promise<void> {
  await test.db
    .owner`update contacts set erase_after = now() - interval '1 minute' where id = ${id}`;
  const tools = {
    pool: test.db.app,
    config: test.services.config,
    log: test.services.log,
    signal: new AbortController().signal,
  } as unknown as Parameters<typeof eraseTrash.run>[0];
  await eraseTrash.run(tools, { tenantId: null });
  equal((await test.db.owner`select from contacts where id = ${id}`).length, 0);
}
