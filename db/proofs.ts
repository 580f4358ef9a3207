/** Proofs: checks that show whether a clause of the policy holds now; their results are kept. */
import { elapsed, now } from "./clock.ts";
import { NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { ClauseNumber } from "./policies/clauses.ts";
import type { AnySql, Sql } from "./pool.ts";
import { type ProofName, proofs } from "./proofs/list.ts";

export { type ProofName, proofs } from "./proofs/list.ts";

/** What a check found: whether all is well, and the figures behind that. */
export interface Outcome {
  passed: boolean;
  /** Counts and words, never anything personal. */
  figures: Record<string, string | number>;
}

/** A check. Throws only if it could not look, which counts as red. */
export type Check = (sql: Sql) => Promise<Outcome>;

export interface Proof {
  clauses: readonly ClauseNumber[];
  /** Null while the thing it would check is not built: the clause is shown as not yet proven. */
  check: Check | null;
}

export interface Result extends Outcome {
  proof: ProofName;
  tookMs: number;
  at: Date;
}

/** A proof with its latest result. */
export interface State {
  proof: ProofName;
  clauses: readonly ClauseNumber[];
  /** Whether a check exists at all. */
  built: boolean;
  last: Result | null;
  /** Since when it has been red; null if it is not. */
  redSince: Date | null;
}

/** The age at which a result no longer counts, in milliseconds: the nightly run was missed. */
export const freshFor = 2 * 86_400_000;
/** How long results are kept, in milliseconds (the installation's own records of class `log`). */
const keptFor = 365 * 86_400_000;

/** Every proof with its newest result, in the order of the clauses. */
export async function list(sql: AnySql): Promise<State[]> {
  const names = Object.keys(proofs) as ProofName[];
  const [results, alarms] = await Promise.all([
    // One index lookup per name, instead of reading a year of results for the newest of each.
    sql<Result[]>`
      select r.proof, r.passed, r.figures, r.took_ms, r.at
      from unnest(${names}::text[]) as wanted (proof)
      cross join lateral (
        select proof, passed, figures, took_ms, at
        from proof_results
        where proof = wanted.proof
        order by at desc, id desc
        limit 1
      ) r
    `,
    sql<{ proof: string; openedAt: Date }[]>`select proof, opened_at from proof_alarms`,
  ]);
  return names.map((proof) => ({
    proof,
    clauses: proofs[proof].clauses,
    built: proofs[proof].check !== null,
    last: results.find((each) => each.proof === proof) ?? null,
    redSince: alarms.find((each) => each.proof === proof)?.openedAt ?? null,
  }));
}

/** The newest results of one proof; at most 30. Throws NotFound. */
export async function listResults(sql: AnySql, proof: string): Promise<Result[]> {
  if (!isProof(proof)) throw new NotFound("proof");
  return await sql<Result[]>`
    select proof, passed, figures, took_ms, at
    from proof_results
    where proof = ${proof}
    order by at desc, id desc
    limit 30
  `;
}

export const isProof = (name: string): name is ProofName => Object.hasOwn(proofs, name);

/** Runs one proof, stores its result, opens or closes its task. Null if there is no check yet. */
export async function run(pool: Sql, proof: ProofName): Promise<Result | null> {
  const { check } = proofs[proof];
  if (!check) return null;
  const from = elapsed();
  const { passed, figures } = await check(pool).catch((error) => ({
    passed: false,
    figures: { fault: error instanceof Error ? error.name : "unknown" },
  }));
  const result = { proof, passed, figures, tookMs: Math.round(elapsed() - from), at: now() };
  await pool.begin(async (sql) => {
    await sql`
      insert into proof_results ${
      sql({ id: newId(), ...result, figures: sql.json(figures) } as never)
    }
    `;
    if (passed) await sql`delete from proof_alarms where proof = ${proof}`;
    else {
      await sql`
        insert into proof_alarms (proof, opened_at)
        values (${proof}, ${result.at})
        on conflict do nothing
      `;
    }
  });
  return result;
}

/** The red proofs the officer must be told about: new ones at once, old ones once a day. */
export async function takeAlarms(sql: AnySql): Promise<ProofName[]> {
  const at = now();
  const rows = await sql<{ proof: ProofName }[]>`
    update proof_alarms
    set mailed_at = ${at}
    where mailed_at is null
      or mailed_at <= ${new Date(at.getTime() - 20 * 3_600_000)}
    returning proof
  `;
  return rows.map(({ proof }) => proof).filter(isProof).sort();
}

/** Whether visitors see the figures, or only date and result. */
export async function figuresArePublic(sql: AnySql): Promise<boolean> {
  const [row] = await sql<{ figuresPublic: boolean }[]>`select figures_public from proof_settings`;
  return row?.figuresPublic ?? true;
}

/** Sets whether visitors see the figures. */
export async function showFigures(sql: AnySql, figuresPublic: boolean): Promise<void> {
  await sql`
    insert into proof_settings (figures_public)
    values (${figuresPublic})
    on conflict (only_row) do update set figures_public = excluded.figures_public
  `;
}

/** Removes results older than a year and returns their number. */
export async function removeOld(sql: AnySql): Promise<number> {
  const { count } = await sql`
    delete from proof_results
    where at <= ${new Date(now().getTime() - keptFor)}
  `;
  return count;
}
