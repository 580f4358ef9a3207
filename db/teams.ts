/** Teams: users who work together and, by their role's sight, see each other's records. */
import * as advisoryLocks from "./advisory_locks.ts";
import * as changes from "./changes.ts";
import { Invalid, NotFound } from "./errors.ts";
import { literal } from "./pages.ts";
import type { Scope } from "./scope.ts";
import { shownName } from "./users.ts";

export interface Person {
  id: string;
  name: string;
}

export interface Team {
  id: string;
  name: string;
  /** By name; users who were shut out stay until they are removed. */
  members: Person[];
}

/** The most teams of a tenant, and the most members of a team. */
export const most = 100;
export const mostMembers = 200;

/** A team's members as a json column of row `t`. */
const members = ({ sql }: Scope) =>
  sql`
    (
      select coalesce(json_agg(json_build_object('id', u.id, 'name', ${
    shownName(sql)
  }) order by i.name, u.id), '[]')
      from team_members m
      join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
      join identities i on i.id = u.identity_id
      where m.tenant_id = t.tenant_id
        and m.team_id = t.id
    ) as members`;

/** All teams by name. */
export async function list(scope: Scope): Promise<Team[]> {
  const { sql, tenantId } = scope;
  return await sql<Team[]>`
    select t.id, t.name, ${members(scope)}
    from teams t
    where t.tenant_id = ${tenantId}
    order by t.name_key, t.id
    limit ${literal(most)}
  `;
}

/** Whether a team belongs to the acting user's tenant. */
export async function isOfTenant({ sql, tenantId }: Scope, id: string): Promise<boolean> {
  const rows = await sql`
    select
    from teams
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  return rows.length > 0;
}

/** One team, locked until the transaction ends; throws NotFound. */
export async function find(scope: Scope, id: string): Promise<Team> {
  const { sql, tenantId } = scope;
  const [team] = await sql<Team[]>`
    select t.id, t.name, ${members(scope)}
    from teams t
    where t.tenant_id = ${tenantId}
      and t.id = ${id}
    for update of t
  `;
  if (!team) throw new NotFound("team");
  return team;
}

/** Users who may join a team: all active ones, by name, at most `mostMembers`. */
export async function candidates({ sql, tenantId }: Scope): Promise<Person[]> {
  return await sql<Person[]>`
    select u.id, ${shownName(sql)} as name
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and u.deactivated_at is null
    order by i.name, u.id
    limit ${literal(mostMembers)}
  `;
}

/**
 * Creates a team under its form's id; a form sent twice creates one. Throws Invalid if the name is
 * taken.
 */
export async function create(scope: Scope, id: string, name: string): Promise<void> {
  const { sql, tenantId, now } = scope;
  await advisoryLocks.take(scope, "teams");
  const present = await list(scope);
  if (present.some((team) => team.id === id)) return;
  if (present.length >= most) throw new Invalid("teams.too_many", "name");
  const { count } = await sql`
    insert into teams (tenant_id, id, name, created_at)
    values (${tenantId}, ${id}, ${name}, ${now})
    on conflict do nothing
  `;
  if (count === 0) throw new Invalid("taken", "name");
  await changes.record(scope, { kind: "team", id, action: "created" });
}

/** Sets a team's name and members. Throws NotFound, or Invalid for a taken name or unknown user. */
export async function update(
  scope: Scope,
  id: string,
  wanted: { name: string; memberIds: readonly string[] },
): Promise<void> {
  const { sql, tenantId, now } = scope;
  const before = await find(scope, id);
  const ids = [...new Set(wanted.memberIds)];
  const present = new Set(before.members.map((each) => each.id));
  const added = ids.filter((each) => !present.has(each));
  if (!await areActive(scope, added)) throw new Invalid("option", "members");
  if (wanted.name !== before.name) await rename(scope, id, wanted.name);
  const gone = [...present].filter((each) => !ids.includes(each));
  await sql`
    delete from team_members
    where tenant_id = ${tenantId}
      and team_id = ${id}
      and user_id = any (${gone}::uuid[])
  `;
  if (added.length > 0) {
    await sql`insert into team_members ${
      sql(added.map((userId) => ({ tenantId, teamId: id, userId, addedAt: now })))
    }`;
  }
  const fields = [
    ...(wanted.name === before.name ? [] : [{ name: "name", from: before.name, to: wanted.name }]),
    ...added.map((to) => ({ name: "member", to })),
    ...gone.map((from) => ({ name: "member", from, to: null })),
  ];
  if (fields.length > 0) {
    await changes.record(scope, { kind: "team", id, action: "updated", fields });
  }
}

/** Whether all of these are active users of the tenant. */
async function areActive({ sql, tenantId }: Scope, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return true;
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int as count
    from users
    where tenant_id = ${tenantId}
      and id = any (${[...ids]}::uuid[])
      and deactivated_at is null
  `;
  return row.count === ids.length;
}

async function rename(scope: Scope, id: string, name: string): Promise<void> {
  const { sql, tenantId } = scope;
  // Two requests for the same name take turns: the unique index would answer with an error.
  await advisoryLocks.take(scope, "teams");
  const [taken] = await sql`
    select id
    from teams
    where tenant_id = ${tenantId}
      and name_key = lower(${name})
      and id <> ${id}
  `;
  if (taken) throw new Invalid("taken", "name");
  await sql`
    update teams
    set name = ${name}
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
}

/** Dissolves a team: its members no longer see anything through it. Throws NotFound. */
export async function remove(scope: Scope, id: string): Promise<void> {
  const { sql, tenantId } = scope;
  const { name } = await find(scope, id);
  await sql`
    delete from teams
    where tenant_id = ${tenantId}
      and id = ${id}
  `;
  const fields = [{ name: "name", from: name, to: null }];
  await changes.record(scope, { kind: "team", id, action: "removed", fields });
}
