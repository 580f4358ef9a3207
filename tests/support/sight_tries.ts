/**
 * Functions of the owner for visibility and sizes, called from one tenant for another's records.
 */
import { equal, ok } from "node:assert/strict";
import type { Sql, Tx } from "../../db/pool.ts";
import type { Person } from "./cast.ts";

interface Tenants {
  /** Runs work inside charlie's tenant. */
  asCharlie: <T>(work: (sql: Tx) => Promise<T>) => Promise<T>;
  owner: Sql;
  alice: Person;
  charlie: Person;
}

/** The tries by name of function. */
export function sightTries({ asCharlie, owner, alice, charlie }: Tenants) {
  /** A record of one tenant or the other that is not in the trash. */
  const idOf = async (table: string, { tenantId }: Person): Promise<string> => {
    const [row] = await owner.unsafe<{ id: string }[]>(
      `select id from ${table} where tenant_id = $1 order by id limit 1`,
      [tenantId],
    );
    return row!.id;
  };
  const valueOf = async (call: string): Promise<unknown> =>
    (await asCharlie((sql) => sql.unsafe(`select ${call} as value`)))[0]!.value;
  /** Sees the tenant's own record, and none of another tenant. */
  const sees = (name: string, table: string) => async () => {
    equal(await valueOf(`${name}('${await idOf(table, charlie)}')`), true);
    equal(await valueOf(`${name}('${await idOf(table, alice)}')`), false);
  };
  return {
    sees_activity: sees("sees_activity", "activities"),
    sees_company: sees("sees_company", "companies"),
    sees_contact: sees("sees_contact", "contacts"),
    sees_deal: sees("sees_deal", "deals"),
    sees_message: sees("sees_message", "messages"),
    // Whether a person is restricted or in the trash is visible within the tenant only.
    shut_contact: async () => {
      for (const [person, expected] of [[alice, false], [charlie, true]] as const) {
        const [row] = await owner`
          select id
          from contacts
          where tenant_id = ${person.tenantId}
            and deleted_at is not null
          limit 1
        `;
        ok(row);
        equal(await valueOf(`shut_contact('${row.id}', true)`), expected);
      }
    },
    files_size: async () => {
      const [own] = await owner`
        select sum(size)::float8 as size from files where tenant_id = ${charlie.tenantId}
      `;
      equal(Number(await valueOf("files_size()")), own!.size);
    },
    // A yes or no for a tenant whose identifier one has; it does not reveal which records.
    is_narrowed: async () => {
      equal(await valueOf(`is_narrowed('${charlie.tenantId}', 'member')`), false);
      equal(await valueOf(`is_narrowed('${charlie.tenantId}', 'read_only')`), true);
    },
    expire_register_versions: async () =>
      equal(await valueOf("expire_register_versions('2000-01-01')"), 0),
    expire_proofs: async () => equal(await valueOf("expire_proofs('2000-01-01')"), 0),
  };
}
