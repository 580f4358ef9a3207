/** Matches the responsible people named in a file to the tenant's users by name and address. */
import type { Scope } from "../scope.ts";
import { apart, own } from "./texts.ts";

/** Most users of a tenant that are matched by name. */
const mostUsers = 2_000;
/** Most different names of a file that are kept, and their greatest length. */
const mostNames = 200;
const longest = 100;

/** Somebody the file names, and in how many rows. */
export interface NamedOwner {
  name: string;
  rows: number;
}

/** The names in a column of owners with their numbers of rows, most frequent first. */
export class OwnerTally {
  #rows = new Map<string, number>();

  /** Counts a row that names somebody. */
  take(text: string): void {
    const before = this.#rows.get(text);
    if (before !== undefined) return void this.#rows.set(text, before + 1);
    if (text !== "" && text.length <= longest && this.#rows.size < mostNames) {
      this.#rows.set(own(text), 1);
    }
  }

  list(): NamedOwner[] {
    return [...this.#rows].map(([name, rows]) => ({ name, rows }))
      .sort((one, two) => two.rows - one.rows);
  }
}

/** A user of the tenant. */
export interface User {
  id: string;
  name: string;
  email: string;
}

/** The tenant's active users. */
export async function list({ sql, tenantId }: Scope): Promise<User[]> {
  return await sql<User[]>`
    select u.id, i.name, i.email
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = ${tenantId}
      and u.deactivated_at is null
    order by u.id
    limit ${mostUsers}
  `;
}

/** Users by name and by address, without names that two users share. */
function byWords(users: readonly User[]): Map<string, string> {
  const words = users.flatMap(({ id, name, email }) =>
    [...new Set([name, email].map(plain))].map((word) => ({ id, word }))
  );
  return new Map(
    [...Map.groupBy(words, ({ word }) => word)].flatMap(([word, all]) =>
      all.length === 1 ? [[word, all[0]!.id] as const] : []
    ),
  );
}

const plain = (text: string): string =>
  text.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();

/**
 * The user a text means: by the address in it, otherwise by name, also as "Berger, Eva" or followed
 * by a remark ("Eva Berger (Deactivated User)"); undefined for anybody else.
 */
function meant(text: string, users: ReadonlyMap<string, string>): string | undefined {
  const email = text.split(/[\s<>(),;]|mailto:/).find((word) => word.includes("@"));
  if (email) return users.get(plain(email));
  const [name] = apart(text.trim());
  const turned = name.replace(/^([^,]+),([^,]+)$/, "$2 $1");
  return users.get(plain(text)) ?? users.get(plain(name)) ?? users.get(plain(turned));
}

/** Finds users by the names in one file. */
export class Assignees {
  /** Results by name: a column of owners has few names in very many rows. */
  #known = new Map<string, string | null | undefined>();
  #words: ReadonlyMap<string, string>;
  #active: ReadonlySet<string>;

  /**
   * `chosen` says who takes over the rows of other people; `rest` takes those of nobody, or of
   * somebody who is no user.
   */
  constructor(
    readonly users: readonly User[],
    readonly chosen: Readonly<Record<string, string | null>> = {},
    readonly rest: string | null = null,
  ) {
    this.#words = byWords(users);
    this.#active = new Set(users.map(({ id }) => id));
  }

  /** The user meant; null if nobody was chosen, undefined for a name that matches no user. */
  find(text: string): string | null | undefined {
    if (this.#known.has(text)) return this.#known.get(text);
    const found = this.#resolve(text);
    if (this.#known.size < mostNames && text.length <= longest) this.#known.set(own(text), found);
    return found;
  }

  /** The owner of a new record whose row says this. */
  ownerOf(text: string): string | null {
    const found = text === "" ? undefined : this.find(text);
    return found === undefined ? this.rest : found;
  }

  /** A chosen user may have left since, in which case the name itself counts again. */
  #resolve(text: string): string | null | undefined {
    const chosen = Object.hasOwn(this.chosen, text) ? this.chosen[text] : undefined;
    if (chosen === null || chosen !== undefined && this.#active.has(chosen)) return chosen;
    return meant(text, this.#words);
  }
}
