/** Mail leaves the confined job process for the one server it may reach, by that server's name. */

import { deepEqual } from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { keptSecret } from "../../db/kept_secrets.ts";
import { closeQueue, openQueue } from "../../db/jobs.ts";
import * as mails from "../../db/mails.ts";
import { openPool } from "../../db/pool.ts";
import { servingUrl } from "../../db/prepare.ts";
import { eventually, newService, postmaster } from "./service.ts";

Deno.test("a queued mail reaches the server that SMTP_URL names", async () => {
  const recipients: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      recipients.push(...session.envelope.rcptTo.map(({ address }) => address));
      stream.on("end", () => done()).resume();
    },
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.server.address() as AddressInfo;
  await using service = await newService({
    SMTP_URL: `smtp://localhost:${port}`,
    WEB_PROCESSES: "1",
  });
  await service.ready();

  const password = encodeURIComponent(keptSecret(service.dataDir, "postgres_password"));
  const { port: databasePort } = postmaster(service.dataDir);
  const ownerUrl = `postgres://postgres:${password}@127.0.0.1:${databasePort}/kompaktcrm`;
  const owner = openPool(ownerUrl, { max: 2 });
  const appUrl = await servingUrl(owner, ownerUrl, keptSecret(service.dataDir, "secret_key"));
  openQueue(appUrl);
  try {
    await owner.begin((sql) =>
      mails.send(sql, {
        tenantId: null,
        kind: "password_changed",
        to: "vera@example.org",
        subject: "Hello",
        text: "Hello",
        html: "<p>Hello</p>",
      })
    );
    await eventually(() => recipients.length > 0);
    deepEqual(recipients, ["vera@example.org"]);
  } finally {
    await closeQueue(1_000);
    await owner.end();
    await new Promise<void>((done) => server.close(() => done()));
  }
});
