/** Whom rows of a file name as responsible: users of the house, by their names and addresses. */
import type { Scope } from "../scope.ts";
import { apart, own } from "./texts.ts";

/** Most users of a house that records are given to by their names. */
const mostUsers = 2_000;
/** Most names of a file that are told apart, and the longest that is kept. */
const mostNames = 200;
const longest = 100;

/** Somebody whom the file names, and in how many rows. */
export interface NamedOwner {
  name: string;
  rows: number;
}

/** The names that a column of owners holds, with their rows; the most frequent ones come first. */
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

/** Somebody of the house. */
export interface User {
  id: string;
  name: string;
  email: string;
}

/** The house's active users. */
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

/** Users by name and by address; names that two bear are left out. */
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
 * Whom a text means: the address in it, else the name, also as "Berger, Eva" and with a remark behind
 * it ("Eva Berger (Deactivated User)"); undefined for anybody else.
 */
function meant(text: string, users: ReadonlyMap<string, string>): string | undefined {
  const email = text.split(/[\s<>(),;]|mailto:/).find((word) => word.includes("@"));
  if (email) return users.get(plain(email));
  const [name] = apart(text.trim());
  const turned = name.replace(/^([^,]+),([^,]+)$/, "$2 $1");
  return users.get(plain(text)) ?? users.get(plain(name)) ?? users.get(plain(turned));
}

/** Users as the names of one file come to them. */
export class Assignees {
  /** What names came to: a column of owners holds few, in very many rows. */
  #known = new Map<string, string | null | undefined>();
  #words: ReadonlyMap<string, string>;
  #active: ReadonlySet<string>;

  /**
   * `chosen` is who takes what the file gives to others; `rest` has what it gives to nobody, or to
   * somebody whom nobody here is.
   */
  constructor(
    readonly users: readonly User[],
    readonly chosen: Readonly<Record<string, string | null>> = {},
    readonly rest: string | null = null,
  ) {
    this.#words = byWords(users);
    this.#active = new Set(users.map(({ id }) => id));
  }

  /** The user meant; null where somebody chose nobody, undefined for a name that fits nobody. */
  find(text: string): string | null | undefined {
    if (this.#known.has(text)) return this.#known.get(text);
    const found = this.#resolve(text);
    if (this.#known.size < mostNames && text.length <= longest) this.#known.set(own(text), found);
    return found;
  }

  /** Who has a new record whose row says this. */
  ownerOf(text: string): string | null {
    const found = text === "" ? undefined : this.find(text);
    return found === undefined ? this.rest : found;
  }

  /** Whoever was chosen may have left the house since: then the name itself counts again. */
  #resolve(text: string): string | null | undefined {
    const chosen = Object.hasOwn(this.chosen, text) ? this.chosen[text] : undefined;
    if (chosen === null || chosen !== undefined && this.#active.has(chosen)) return chosen;
    return meant(text, this.#words);
  }
}
