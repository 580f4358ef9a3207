/** A mail server that refuses, hesitates, breaks off, or is away for a day. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { addressesOf } from "../support/mailbox.ts";
import { eventually } from "../runtime/service.ts";
import type { Fault } from "./fault.ts";
import type { House } from "./house.ts";

/** Something that the house mails at once: an invitation. */
const invite = async (house: House, email: string) =>
  equal((await house.ask("/settings/team/invitations", { email, role: "member" })).status, 303);

/** Message identifiers of what reached an address. */
const arrived = (house: House, email: string) =>
  house.mail.mails.filter((mail) => addressesOf(mail).includes(email)).map((mail) =>
    mail.messageId
  );

interface Waiting {
  status: string;
  attempts: number;
  code: string | null;
}

const mailTo = (house: House, email: string) =>
  house.owner(async (sql) => {
    const [row] = await sql<Waiting[]>`
      select status, attempts, error_code as code
      from mails
      where recipient = ${email}
    `;
    return row!;
  });

const tried = (house: House, email: string, times: number) =>
  eventually(async () => {
    const { attempts, code } = await mailTo(house, email);
    return attempts >= times && code !== null;
  });

/** The clock goes on for waiting mails, and the workers hear that there is something to do. */
async function letTimePass(house: House, hours: number): Promise<void> {
  // A job that is just giving its mail back would wait as long as ever.
  await eventually(() =>
    house.owner(async (sql) => {
      const busy = await sql`
        select from jobs.job where name = 'send_mail' and state = 'active' limit 1
      `;
      return busy.length === 0;
    })
  );
  await house.owner((sql) =>
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
    async run(house) {
      house.mail.refuse(451);
      await invite(house, "wartet@faults.example");
      await tried(house, "wartet@faults.example", 1);
      const { status, code } = await mailTo(house, "wartet@faults.example");
      deepEqual([status, code], ["queued", "smtp_451"]);
      house.mail.refuse(0);
      house.mail.hesitate(2_000);
      await letTimePass(house, 1);
      await eventually(async () =>
        (await mailTo(house, "wartet@faults.example")).status === "sent"
      );
      equal(arrived(house, "wartet@faults.example").length, 1);
      return { lost: "nothing, none twice", saw: "nothing; the mail comes later" };
    },
  },
  {
    name: "mail server away for a day",
    long: true,
    async run(house) {
      house.wire.cut();
      const halfHours = 48;
      const addresses = Array.from({ length: halfHours }, (_, n) => `tag${n}@faults.example`);
      for (const [n, email] of addresses.entries()) {
        await invite(house, email);
        await tried(house, email, 1);
        await letTimePass(house, 0.5);
        await tried(house, addresses[0]!, n + 2);
      }
      house.wire.mend();
      await letTimePass(house, 0.5);
      await eventually(async () => {
        const rows = await house.owner((sql) => sql`select from mails where status = 'queued'`);
        return rows.length === 0;
      }, 60_000);
      for (const email of addresses) equal(arrived(house, email).length, 1, email);
      return { lost: `none of ${halfHours} mails, none twice`, saw: "nothing; mails come later" };
    },
  },
  {
    name: "job process killed while a mail is on the wire",
    long: true,
    async run(house) {
      const email = "leitung@faults.example";
      house.mail.hesitate(20_000);
      await invite(house, email);
      await eventually(() => arrived(house, email).length === 1);
      for (const pid of await house.service.children("jobs")) Deno.kill(pid, "SIGKILL");
      await eventually(async () => (await mailTo(house, email)).status === "sent", 300_000);
      const identifiers = arrived(house, email);
      ok(identifiers.length <= 2);
      equal(new Set(identifiers).size, 1);
      return {
        lost: "nothing; this one mail comes twice, with one Message-ID",
        saw: "nothing",
      };
    },
  },
];
