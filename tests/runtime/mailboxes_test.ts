/** The really started product reads a mailbox on a real server that it did not know at its start. */

import { deepEqual } from "node:assert/strict";
import { keptSecret } from "../../db/kept_secrets.ts";
import { newId } from "../../db/ids.ts";
import * as mailboxes from "../../db/mailboxes.ts";
import { closeQueue, openQueue } from "../../db/jobs.ts";
import { openPool } from "../../db/pool.ts";
import { withScope } from "../../db/scope.ts";
import { Dovecot, imapTest, password } from "../support/dovecot.ts";
import { letter } from "../support/letters.ts";
import { eventually, newService, postmaster } from "./service.ts";

imapTest("a new mailbox's server is put on the list of hosts, and its mail is read", async () => {
  const server = await Dovecot.start();
  await server.deliver("alice", letter({ from: "mia@muster.example", to: "alice@haus.example" }));
  await using service = await newService({ WEB_PROCESSES: "1" });
  await service.ready();
  const secret = encodeURIComponent(keptSecret(service.dataDir, "postgres_password"));
  const { port } = postmaster(service.dataDir);
  const url = `postgres://postgres:${secret}@127.0.0.1:${port}/kompaktcrm`;
  const owner = openPool(url, { max: 2 });
  const [tenantId, userId, identityId, id] = [newId(), newId(), newId(), newId()];
  await owner`insert into tenants (id, slug, name, created_at) values (${tenantId}, 'haus', 'Haus', now())`;
  await owner`
    insert into identities (id, email, name, created_at)
    values (${identityId}, 'alice@haus.example', 'Alice', now())
  `;
  await owner`
    insert into users (tenant_id, id, identity_id, role, created_at)
    values (${tenantId}, ${userId}, ${identityId}, 'owner', now())
  `;
  openQueue(url);
  try {
    await withScope(
      owner,
      { tenantId, actor: { kind: "user", userId } },
      async (scope) => {
        const input = {
          name: "Postfach",
          address: "alice@haus.example",
          host: "127.0.0.1",
          port: server.port,
          security: "none",
          username: "alice",
          password,
          shared: false,
        } as const;
        const since = mailboxes.sinceDay(scope.now, 7);
        const { dataDir } = service;
        const store = { dataDir, secretKey: keptSecret(dataDir, "secret_key") };
        await mailboxes.create(scope, store, id, input, since);
      },
    );
    const state = async () => {
      const [row] = await owner<{ errorCode: string | null; received: number }[]>`
        select error_code, received from mailboxes where id = ${id}
      `;
      return { ...row! };
    };
    // The first try may come before the processes were renewed; the timetable brings the next one.
    await eventually(async () => (await state()).received === 1, 150_000);
    deepEqual(await state(), { errorCode: null, received: 1 });
    const rows = await owner`select from_address from messages where tenant_id = ${tenantId}`;
    deepEqual(rows.map(({ fromAddress }) => fromAddress), ["mia@muster.example"]);
  } finally {
    await closeQueue(100);
    await owner.end();
    await service.stop();
    server.drop();
  }
});
