/**
 * Functions of the owner for programs, log-ins and fields, called from one tenant for another's.
 */
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
export function programTries({ asCharlie, app, owner, alice, charlie }: Tenants) {
  /** The identifier of a tenant's only row in a table. */
  const idOf = async (table: string, tenantId = alice.tenantId): Promise<string> => {
    const [row] = await owner<{ id: string }[]>`
      select id
      from ${owner(table)}
      where tenant_id = ${tenantId}
      limit 1
    `;
    return row!.id;
  };
  /** Ends what has expired and nothing else, in whichever tenant it is called. */
  const nothingOver = (call: string) => async () => {
    const [row] = await asCharlie((sql) => sql.unsafe(`select ${call} as n`));
    equal(row!.n, 0);
  };
  /** Whoever has the token acts as its user; guesses find nobody. */
  const byToken = (call: string) => async () => {
    const ask = (sql: Tx | Sql, token: string) =>
      sql.unsafe(`select * from ${call}($1, now())`, [tokenDigest(token)]);
    for (const guess of ["", "%", alice.userId]) {
      equal((await asCharlie((sql) => ask(sql, guess))).length, 0);
    }
    const [row] = await ask(app, await idOf("api_tokens"));
    equal(row!.tenantId, alice.tenantId);
  };
  /** What another tenant's provider said about a person cannot be changed from here. */
  const spared = (call: string) => async () => {
    const digest = tokenDigest("alice at her provider");
    await owner`
      update users
      set vouched_at = now(), vouched_subject_digest = ${digest}, unmet = true
      where tenant_id = ${alice.tenantId}
        and id = ${alice.userId}
    `;
    const given = [alice.tenantId, call.includes("$2::bytea") ? digest : alice.identityId];
    await asCharlie((sql) => sql.unsafe(`select ${call}`, given));
    const [row] = await owner`
      select vouched_at is not null as vouched, unmet
      from users
      where tenant_id = ${alice.tenantId}
        and id = ${alice.userId}
    `;
    deepEqual({ ...row }, { vouched: true, unmet: true });
    await owner`
      update users
      set vouched_at = null, vouched_subject_digest = null, unmet = false
      where tenant_id = ${alice.tenantId}
        and id = ${alice.userId}
    `;
  };
  return {
    api_caller: byToken("api_caller"),
    // The log-in calls it for itself; within a tenant it covers the tenant's own people only.
    meet: spared("meet($1, $2)"),
    unvouch: spared("unvouch($1, $2::bytea, now() + interval '1 day')"),
    is_token_resting: async () => {
      const [row] = await asCharlie((sql) =>
        sql`select is_token_resting(${alice.tenantId}, ${alice.identityId}, null, now()) as resting`
      );
      equal(row!.resting, false);
    },
    expire_api: nothingOver("expire_api('2000-01-01', '2000-01-01')"),
    // Whoever has a directory's token acts for its tenant only; guesses find none.
    directory_token_by_digest: async () => {
      const ask = (sql: Tx | Sql, token: string) =>
        sql`select * from directory_token_by_digest(${tokenDigest(token)}, now())`;
      for (const guess of ["", "%", alice.tenantId]) {
        equal((await asCharlie((sql) => ask(sql, guess))).length, 0);
      }
      const [row] = await ask(app, await idOf("directory_tokens"));
      equal(row!.tenantId, alice.tenantId);
    },
    expire_directory_tokens: nothingOver("expire_directory_tokens('2000-01-01')"),
    // Only somebody who names both the provider and the client learns which tenant has them.
    clients_of_issuer: async () => {
      const rows = await asCharlie((sql) =>
        sql`select * from clients_of_issuer('https://nowhere.example', array['crm', '%'])`
      );
      equal(rows.length, 0);
    },
    // Callers learn how many tables were checked, but nothing of their contents.
    refresh_statistics: async () => {
      const [row] = await asCharlie((sql) => sql`select refresh_statistics() as refreshed`);
      ok(row!.refreshed >= 0 && row!.refreshed <= 13);
      deepEqual(Object.keys(row!), ["refreshed"]);
    },
    // Callers learn how many pages were entered, in all tenants together, but no word of them.
    enter_pending_names: async () => {
      const [row] = await asCharlie((sql) => sql`select enter_pending_names() as pages`);
      deepEqual(row, { pages: row!.pages });
      ok(Number(row!.pages) >= 0);
    },
    // The provider belongs to no tenant; the routes ensure that only operators get here.
    demand_operator_factors: async () => {
      await asCharlie((sql) => sql`select demand_operator_factors(false, now())`);
      const [row] = await owner`select count(*)::int as n from provider where operator_factors`;
      equal(row!.n, 0);
    },
    operator_factors_kept: async () => {
      const [row] = await asCharlie((sql) => sql`select * from operator_factors_kept()`);
      deepEqual(Object.keys(row!), ["people", "protected"]);
    },
    expire_web_form_entries: nothingOver("expire_web_form_entries('2000-01-01')"),
    expire_webhook_deliveries: nothingOver("expire_webhook_deliveries('2000-01-01')"),
    web_form_entry_by_digest: async () => {
      for (const guess of ["", "%", await idOf("web_form_entries")]) {
        const rows = await asCharlie((sql) =>
          sql`select * from web_form_entry_by_digest(${tokenDigest(guess)}, '2000-01-01')`
        );
        equal(rows.length, 0);
      }
    },
    // The installation asks for due receivers of all tenants, and gets identifiers only.
    due_webhooks: async () => {
      const rows = await asCharlie((sql) =>
        sql`select * from due_webhooks(now() + interval '9 days', 100)`
      );
      for (const row of rows) deepEqual(Object.keys(row), ["tenantId", "webhookId"]);
    },
    // The list of hosts that the processes may reach, without whose they are.
    customers_webhook_hosts: async () => {
      const rows = await asCharlie((sql) => sql`select * from customers_webhook_hosts(100)`);
      ok(rows.length > 0);
      for (const row of rows) deepEqual(Object.keys(row), ["host", "port"]);
    },
    webhook_leads_to: async () => {
      const [row] = await asCharlie((sql) =>
        sql`select webhook_leads_to(${newId()}, null, null) as leads`
      );
      equal(row!.leads, false);
    },
    // Only the tenant of the transaction decides which of its users need a second factor.
    demand_factors: async () => {
      equal((await app`select demand_factors('{owner}') as done`)[0]!.done, false);
      await asCharlie((sql) => sql`select demand_factors('{}')`);
      const [row] = await owner`select factor_roles from tenants where id = ${alice.tenantId}`;
      deepEqual(row!.factorRoles, []);
    },
    // For any identity it names a tenant only if that tenant accepts no password from it.
    demanding_house: async () => {
      const rows = await asCharlie((sql) =>
        sql`select * from demanding_house(${alice.identityId})`
      );
      equal(rows.length, 0);
    },
    // For people of other tenants the answer is no.
    factors_in_hand: async () => {
      const ask = async (id: string) =>
        (await asCharlie((sql) => sql`select factors_in_hand(${id}) as hers`))[0]!.hers;
      equal(await ask(alice.identityId), false);
      equal(await ask(charlie.identityId), true);
    },
    // What another tenant recorded about a field of the same name stays.
    forget_custom_field: async () => {
      const [change] = await owner<{ id: string; fields: unknown[] }[]>`
        select id, fields
        from changes
        where tenant_id = ${alice.tenantId}
        order by id
        limit 1
      `;
      const note = (fields: unknown[]) =>
        owner`update changes set fields = ${owner.json(fields)} where id = ${change!.id}`;
      await note([{ name: "own:shared", to: "x" }]);
      const [row] = await asCharlie((sql) => sql`select forget_custom_field('own:shared') as n`);
      equal(row!.n, 0);
      const [kept] = await owner`select fields from changes where id = ${change!.id}`;
      deepEqual(kept!.fields, [{ name: "own:shared", to: "x" }]);
      await note(change!.fields);
    },
    // A domain yields its tenant's provider only if the domain is verified.
    provider_of_domain: async () => {
      const rows = await asCharlie((sql) =>
        sql`select * from provider_of_domain('nowhere.example')`
      );
      equal(rows.length, 0);
    },
    verify_domain: async () => {
      const [row] = await asCharlie((sql) =>
        sql`select verify_domain(${charlie.tenantId}, ${newId()}, now()) as done`
      );
      equal(row!.done, false);
    },
    // Only somebody who knows a mail's identifier can report that it came back.
    note_return: async () => {
      const [row] = await asCharlie((sql) =>
        sql`select note_return(${newId()}, '5.1.1', now()) as done`
      );
      equal(row!.done, false);
    },
  };
}
