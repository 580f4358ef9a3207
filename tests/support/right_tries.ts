/** Functions of the owner for requests and contracts, called from one tenant for another's. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { newId } from "../../db/ids.ts";
import type { Sql, Tx } from "../../db/pool.ts";
import { tokenDigest } from "../../db/sessions.ts";
import type { Person } from "./cast.ts";

interface Tenants {
  /** Runs work inside charlie's tenant. */
  asCharlie: <T>(work: (sql: Tx) => Promise<T>) => Promise<T>;
  app: Sql;
  owner: Sql;
  alice: Person;
  charlie: Person;
}

/** The tries by name of function. */
export function rightTries({ asCharlie, app, owner, alice, charlie }: Tenants) {
  /** Whoever has the link learns whose it is, by identifiers only; guesses find nothing. */
  const byDigest = (name: string, table: string) => async () => {
    const [row] = await owner<{ tokenDigest: Uint8Array; id: string }[]>`
      select token_digest, id
      from ${owner(table)}
      where tenant_id = ${alice.tenantId}
    `;
    const ask = (sql: Tx | Sql, digest: Uint8Array) =>
      sql.unsafe(`select * from ${name}($1)`, [digest as never]);
    for (const guess of ["", "%", row!.id]) {
      equal((await asCharlie((sql) => ask(sql, tokenDigest(guess)))).length, 0);
    }
    deepEqual({ ...(await ask(app, row!.tokenDigest))[0] }, {
      tenantId: alice.tenantId,
      id: row!.id,
    });
  };
  const tenantRows = async () => {
    const [row] = await owner`
      select notice_given_at, uses_until, contract_ends_on, phase
      from tenants
      where id = ${alice.tenantId}
    `;
    return { ...row };
  };
  return {
    delivery_by_digest: byDigest("delivery_by_digest", "deliveries"),
    incoming_transfer_by_digest: byDigest("incoming_transfer_by_digest", "incoming_transfers"),
    transfer_by_digest: byDigest("transfer_by_digest", "transfers"),
    // Which fields a tenant has closed to which role is shown to that tenant only.
    field_limits: async () => {
      const [row] = await asCharlie((sql) =>
        sql`select field_limits(${alice.tenantId}, 'member') as limits`
      );
      equal(row!.limits, null);
    },
    // The installation asks where something has to be done, and gets identifiers only.
    deliveries_to_destroy: async () => {
      const rows = await asCharlie((sql) =>
        sql`select * from deliveries_to_destroy(now() + interval '99 days', 5000)`
      );
      ok(rows.length > 0 && rows.length <= 1000);
      for (const row of rows) deepEqual(Object.keys(row), ["tenantId", "id"]);
    },
    // They end what has expired and nothing else, in whichever tenant they are called.
    expire_incoming_transfers: async () => {
      const [row] = await asCharlie((sql) =>
        sql`select expire_incoming_transfers('2000-01-01') as n`
      );
      equal(row!.n, 0);
    },
    mask_cases: async () => {
      const [row] = await asCharlie((sql) => sql`select mask_cases('2000-01-01', 5000) as n`);
      equal(row!.n, 0);
    },
    mask_erased_cases: async () => {
      const [row] = await asCharlie((sql) => sql`select mask_erased_cases(5000) as n`);
      equal(row!.n, 0);
    },
    // Notice is given and withdrawn for the tenant of the transaction only.
    give_notice: async () => {
      const before = await tenantRows();
      equal((await app`select give_notice(current_date, now()) as done`)[0]!.done, false);
      await asCharlie(async (sql) => {
        const [row] = await sql`select give_notice(current_date, now()) as done`;
        equal(row!.done, true);
        await sql`select withdraw_notice()`;
      });
      deepEqual(await tenantRows(), before);
    },
    withdraw_notice: async () => {
      const before = await tenantRows();
      equal((await app`select withdraw_notice() as done`)[0]!.done, false);
      await asCharlie((sql) => sql`select withdraw_notice()`);
      deepEqual(await tenantRows(), before);
    },
    close_erasure: async () => {
      const [row] = await asCharlie((sql) =>
        sql`select close_erasure(${newId()}, 0, ${newId()}, now()) as done`
      );
      equal(row!.done, false);
    },
    // Sums over all tenants, without names or tenants' ids.
    contracts_erased: async () => {
      const [row] = await asCharlie((sql) => sql`select * from contracts_erased(current_date)`);
      deepEqual(Object.keys(row!), ["erased", "leftRows", "control", "overdue"]);
    },
    erasures_checked: async () => {
      const [row] = await asCharlie((sql) => sql`select * from erasures_checked()`);
      deepEqual(Object.keys(row!), ["certificates", "traces", "named", "files"]);
    },
    second_factors: async () => {
      const [row] = await asCharlie((sql) => sql`select * from second_factors()`);
      deepEqual(Object.keys(row!), ["people", "protected"]);
    },
    // The register of processing names the customers: only operators' pages read it.
    customers: async () => {
      const rows = await asCharlie((sql) => sql`select * from customers(5000)`);
      deepEqual(Object.keys(rows[0]!), ["name", "slug", "contactName", "contactEmail"]);
      ok(rows.length <= 1000);
    },
    customers_after: async () => {
      const rows = await asCharlie((sql) => sql`select * from customers_after('', '', 5000)`);
      deepEqual(Object.keys(rows[0]!), ["name", "slug", "contactName", "contactEmail"]);
      ok(rows.length <= 1000);
    },
    // Only called with the identity of the session.
    sole_ownerships: async () => {
      const rows = await asCharlie((sql) =>
        sql`select * from sole_ownerships(${charlie.identityId})`
      );
      for (const row of rows) deepEqual(Object.keys(row), ["tenantName"]);
      equal((await asCharlie((sql) => sql`select * from sole_ownerships(${newId()})`)).length, 0);
    },
    erase_identity: async () => {
      const [row] = await asCharlie((sql) => sql`select erase_identity(${newId()}) as done`);
      equal(row!.done, false);
    },
    renew_notices: async () => {
      await asCharlie((sql) => sql`select renew_notices(${newId()})`);
    },
    // The installation informs everyone of its policy: it gets who they are, but not their tenants.
    untold_identities: async () => {
      const rows = await asCharlie((sql) =>
        sql`select * from untold_identities(${newId()}, null, 100)`
      );
      ok(rows.some(({ id }) => id === alice.identityId));
      deepEqual(Object.keys(rows[0]!), ["id", "email", "name", "locale", "bounced"]);
      const all = await asCharlie((sql) => sql`select * from untold_identities(null, null, 5000)`);
      ok(all.length <= 1000);
    },
    lost_notices: async () => {
      const [row] = await asCharlie((sql) => sql`select lost_notices(${newId()}, now()) as count`);
      equal(row!.count, 0);
    },
    // Counts of who was informed of a change and who is to be: for the operator only.
    processor_notice_tally: async () => {
      const [change] = await owner<{ id: string }[]>`select id from processor_changes limit 1`;
      const [row] = await asCharlie((sql) =>
        sql`select * from processor_notice_tally(${change!.id})`
      );
      const counts = "untold undelivered queued sent bounced toldOn objected answeredOn".split(" ");
      deepEqual(Object.keys(row!), counts);
    },
    // Nothing was withdrawn here, and a change that is none takes nobody's notices back.
    untold_withdrawals: async () => {
      const rows = await asCharlie((sql) => sql`select * from untold_withdrawals(1000)`);
      equal(rows.length, 0);
    },
    withdraw_processor_notices: async () => {
      await asCharlie((sql) => sql`select withdraw_processor_notices(${newId()}, now())`);
      const [row] = await owner<{ due: number }[]>`
        select count(*)::int as due
        from processor_notices
        where withdrawal_due_at is not null
      `;
      equal(row!.due, 0);
    },
    untold_owners: async () => {
      const rows = await asCharlie((sql) =>
        sql`select * from untold_owners(${newId()}, null, 5000)`
      );
      ok(rows.length <= 1000);
      const columns = "tenantId userId email name locale tenantName bounced".split(" ");
      deepEqual(Object.keys(rows[0]!), columns);
    },
  };
}
