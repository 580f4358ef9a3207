/** The really started product accepts a mail at its listener and reads it, in separate processes. */

import { deepEqual, equal, match } from "node:assert/strict";
import nodemailer from "nodemailer";
import { keptSecret } from "../../db/kept_secrets.ts";
import { newId } from "../../db/ids.ts";
import { openPool } from "../../db/pool.ts";
import { eventually, freePort, newService, postmaster } from "./service.ts";

const domain = "in.crm.example";

Deno.test("a mail passes the door, is kept and read, and the door heals when it is killed", async (t) => {
  const port = freePort();
  await using service = await newService({
    INBOUND_SMTP: `127.0.0.1:${port}`,
    INBOUND_DOMAIN: domain,
    WEB_PROCESSES: "1",
  });
  await service.ready();
  const password = encodeURIComponent(keptSecret(service.dataDir, "postgres_password"));
  const url = `postgres://postgres:${password}@127.0.0.1:${
    postmaster(service.dataDir).port
  }/kompaktcrm`;
  const owner = openPool(url, { max: 1 });
  const [tenantId, userId, identityId] = [newId(), newId(), newId()];
  const localPart = "a".repeat(16);
  await owner`insert into tenants (id, slug, name, created_at) values (${tenantId}, 'haus', 'Haus', now())`;
  await owner`
    insert into identities (id, email, name, created_at)
    values (${identityId}, 'alice@haus.example', 'Alice', now())
  `;
  await owner`
    insert into users (tenant_id, id, identity_id, role, created_at)
    values (${tenantId}, ${userId}, ${identityId}, 'owner', now())
  `;
  await owner`
    insert into inbound_addresses (tenant_id, id, user_id, local_part, created_at)
    values (${tenantId}, ${newId()}, ${userId}, ${localPart}, now())
  `;

  const send = async () => {
    const transport = nodemailer.createTransport({ host: "127.0.0.1", port });
    try {
      const { response } = await transport.sendMail({
        from: "mia@muster.example",
        to: `${localPart}@${domain}`,
        subject: "Angebot",
        text: "Guten Tag!",
      });
      return response;
    } finally {
      transport.close();
    }
  };
  const read = async () => {
    const rows = await owner`select status from raw_mails where tenant_id = ${tenantId}`;
    return rows.map(({ status }) => status as string);
  };

  await t.step("it is acknowledged, and the job process reads it", async () => {
    await eventually(() => send().then((said) => said.startsWith("250"), () => false));
    await eventually(async () => (await read()).includes("done"));
    const left = [...Deno.readDirSync(`${service.dataDir}/files/inbound`)].map(({ name }) => name);
    // The machine's own marker file is beside them.
    deepEqual(left.filter((name) => !name.startsWith(".machine-")), []);
  });

  await t.step("killed with -9 it is back within moments", async () => {
    const [pid] = await service.children("inbound");
    Deno.kill(pid!, "SIGKILL");
    await eventually(() => send().then((said) => said.startsWith("250"), () => false));
    await eventually(async () => (await read()).length >= 2);
  });

  await t.step("a port in use is reported", async () => {
    await using second = await newService({
      INBOUND_SMTP: `127.0.0.1:${port}`,
      INBOUND_DOMAIN: domain,
    });
    const { code } = await second.status;
    equal(code, 78);
    match(second.output, /Port \d+ is in use by another program: stop it or change INBOUND_SMTP/);
  });

  await owner.end();
  equal(await service.stop(), 0);
});
