/** Proofs: checks that show a clause of the policy to be true now; their results are kept. */
import { elapsed, now } from "./clock.ts";
import { NotFound } from "./errors.ts";
import { newId } from "./ids.ts";
import type { ClauseNumber } from "./policies/clauses.ts";
import type { AnySql, Sql } from "./pool.ts";
import { type ProofName, proofs } from "./proofs/list.ts";

export { type ProofName, proofs } from "./proofs/list.ts";

/** What a check found: whether all is well, and the figures behind it. */
export interface Outcome {
  passed: boolean;
  /** Counts and words; never anything personal. */
  figures: Record<string, string | number>;
}

/** A check. Throws only where it could not look: that counts as red. */
export type Check = (sql: Sql) => Promise<Outcome>;

export interface Proof {
  clauses: readonly ClauseNumber[];
  /** Null while what it would look at is not built: such a clause is shown as not yet proven. */
  check: Check | null;
}

export interface Result extends Outcome {
  proof: ProofName;
  tookMs: number;
  at: Date;
}

/** A proof with what it last showed. */
export interface State {
  proof: ProofName;
  clauses: readonly ClauseNumber[];
  /** Whether there is a check at all. */
  built: boolean;
  last: Result | null;
  /** Since when it is red; null when it is not. */
  redSince: Date | null;
}

/** A result older than this shows nothing any more, in milliseconds: the nightly run was missed. */
export const freshFor = 2 * 86_400_000;
/** How long results are kept, in milliseconds (retention class `log` of the machine's own). */
const keptFor = 365 * 86_400_000;

/** Every proof with its newest result, in the order of the clauses. */
export async function list(sql: AnySql): Promise<State[]> {
  const names = Object.keys(proofs) as ProofName[];
  const [results, alarms] = await Promise.all([
    // A look at the index for each name: a year of results is not read for the newest of them.
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

/** Runs one proof, keeps its result, opens or closes its task. Null where there is no check yet. */
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
      sql({ id: newId(), ...result, figures: sql.json(figures as never) } as never)
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

/** The red proofs that the officer has to be told of: new ones at once, old ones once a day. */
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

/** Whether visitors are shown the figures, or only date and result. */
export async function figuresArePublic(sql: AnySql): Promise<boolean> {
  const [row] = await sql<{ figuresPublic: boolean }[]>`select figures_public from proof_settings`;
  return row?.figuresPublic ?? true;
}

/** Says what visitors are shown. */
export async function showFigures(sql: AnySql, figuresPublic: boolean): Promise<void> {
  await sql`
    insert into proof_settings (figures_public)
    values (${figuresPublic})
    on conflict (only_row) do update set figures_public = excluded.figures_public
  `;
}

/** Removes results after a year; the number of them. */
export async function removeOld(sql: AnySql): Promise<number> {
  const { count } = await sql`
    delete from proof_results
    where at <= ${new Date(now().getTime() - keptFor)}
  `;
  return count;
}
