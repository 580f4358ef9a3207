/** Whose records a list or a report is about: those of one person or of a team. */
import { isId } from "./ids.ts";
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** The prefix of a team's id where an owner is named. */
const mark = "team.";

/** A team, as named where an owner is expected. */
export const teamOwner = (id: string): string => mark + id;

/** The team that an owner stands for; null for a person. */
export const teamOf = (owner: string | null): string | null =>
  owner?.startsWith(mark) ? owner.slice(mark.length) : null;

/** The person or team that a text names; null if it names nobody. */
export function ownerIn(text: string): string | null {
  return isId(teamOf(text) ?? text) ? text : null;
}

/** The current members of a team. */
const membersOf = ({ sql, tenantId }: Scope, team: string): Fragment =>
  sql`
        array(
          select m.user_id
          from team_members m
          where m.tenant_id = ${tenantId}
            and m.team_id = ${team}
        )`;

/**
 * The condition that a column names this person or a member of this team; empty if all are meant.
 */
export function ownedBy(scope: Scope, column: string, owner: string | null): Fragment {
  const { sql } = scope;
  const team = teamOf(owner);
  if (team !== null) return sql`and ${sql(column)} = any (${membersOf(scope, team)})`;
  return owner === null ? sql`` : sql`and ${sql(column)} = ${owner}`;
}
