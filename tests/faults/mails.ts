/** A mail server that refuses, hesitates, breaks off, or is away for a day. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { addressesOf } from "../support/mailbox.ts";
import { eventually } from "../runtime/service.ts";
import type { Fault } from "./fault.ts";
import type { Installation } from "./installation.ts";

/** A mail that the product sends at once: an invitation. */
const invite = async (service: Installation, email: string) =>
  equal((await service.ask("/settings/team/invitations", { email, role: "member" })).status, 303);

/** Message identifiers of what reached an address. */
const arrived = (service: Installation, email: string) =>
  service.mail.mails.filter((mail) => addressesOf(mail).includes(email)).map((mail) =>
    mail.messageId
  );

interface Waiting {
  status: string;
  attempts: number;
  code: string | null;
}

const mailTo = (service: Installation, email: string) =>
  service.owner(async (sql) => {
    const [row] = await sql<Waiting[]>`
      select status, attempts, error_code as code
      from mails
      where recipient = ${email}
    `;
    return row!;
  });

const tried = (service: Installation, email: string, times: number) =>
  eventually(async () => {
    const { attempts, code } = await mailTo(service, email);
    return attempts >= times && code !== null;
  });

/** The clock advances for waiting mails, and the workers are notified of jobs. */
async function letTimePass(service: Installation, hours: number): Promise<void> {
  // A job that is just giving its mail back would wait as long as ever.
  await eventually(() =>
    service.owner(async (sql) => {
      const busy = await sql`
        select from jobs.job where name = 'send_mail' and state = 'active' limit 1
      `;
      return busy.length === 0;
    })
  );
  await service.owner((sql) =>
    sql.begin(async (tx) => {
      await tx`
        update jobs.job
        set start_after = now(), created_on = created_on - make_interval(secs => ${hours * 3600})
        where name = 'send_mail' and state in ('created', 'retry')
      `;
      await tx`
        update mails
        set created_at = created_at - make_interval(secs => ${hours * 3600})
        where status = 'queued'
      `;
      await tx`
        select pg_notify('pgboss_' || left(encode(sha224('jobs'), 'hex'), 24), 'send_mail')
      `;
    })
  );
}

export const mails: Fault[] = [
  {
    name: "mail server refuses for now, then hesitates",
    async run(service) {
      service.mail.refuse(451);
      await invite(service, "wartet@faults.example");
      await tried(service, "wartet@faults.example", 1);
      const { status, code } = await mailTo(service, "wartet@faults.example");
      deepEqual([status, code], ["queued", "smtp_451"]);
      service.mail.refuse(0);
      service.mail.hesitate(2_000);
      await letTimePass(service, 1);
      await eventually(async () =>
        (await mailTo(service, "wartet@faults.example")).status === "sent"
      );
      equal(arrived(service, "wartet@faults.example").length, 1);
      return { lost: "nothing, none twice", saw: "nothing; the mail comes later" };
    },
  },
  {
    name: "mail server away for a day",
    long: true,
    async run(service) {
      service.wire.cut();
      const halfHours = 48;
      const addresses = Array.from({ length: halfHours }, (_, n) => `tag${n}@faults.example`);
      for (const [n, email] of addresses.entries()) {
        await invite(service, email);
        await tried(service, email, 1);
        await letTimePass(service, 0.5);
        await tried(service, addresses[0]!, n + 2);
      }
      service.wire.mend();
      await letTimePass(service, 0.5);
      await eventually(async () => {
        const rows = await service.owner((sql) => sql`select from mails where status = 'queued'`);
        return rows.length === 0;
      }, 60_000);
      for (const email of addresses) equal(arrived(service, email).length, 1, email);
      return { lost: `none of ${halfHours} mails, none twice`, saw: "nothing; mails come later" };
    },
  },
  {
    name: "job process killed while a mail is on the wire",
    long: true,
    async run(service) {
      const email = "leitung@faults.example";
      service.mail.hesitate(20_000);
      await invite(service, email);
      await eventually(() => arrived(service, email).length === 1);
      for (const pid of await service.service.children("jobs")) Deno.kill(pid, "SIGKILL");
      await eventually(async () => (await mailTo(service, email)).status === "sent", 300_000);
      const identifiers = arrived(service, email);
      ok(identifiers.length <= 2);
      equal(new Set(identifiers).size, 1);
      return {
        lost: "nothing; this one mail comes twice, with one Message-ID",
        saw: "nothing",
      };
    },
  },
];
