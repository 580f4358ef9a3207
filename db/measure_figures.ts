/** The figures measured for the measures: each with its day, and whether it is as promised. */
import { now, today } from "./clock.ts";
import * as dependencies from "./dependencies.ts";
import type { MeasureName } from "./measures.ts";
import type { AnySql } from "./pool.ts";

/** Figures of measures, and one that is shown although no measure is based on it yet. */
export type FigureName = MeasureName | "second_factor";

/** A figure; `passed` is null if nothing was promised that it could break. */
export interface Measured {
  name: FigureName;
  passed: boolean | null;
  values: Record<string, string | number>;
  at: Date;
}

/** What the supervisor checks because no database shows it. */
export type LookName = "tls" | "content_policy" | "file_encryption";

/** The result of a check. */
export interface Look {
  passed: boolean;
  figures: Record<string, string | number>;
}

/** Checks run several times a day; an older one no longer counts, in milliseconds. */
const freshFor = 2 * 86_400_000;
const keptDays = 30;

/** All figures. */
export async function list(sql: AnySql): Promise<Measured[]> {
  const at = now();
  const [failures, factors, looks] = await Promise.all([
    failuresOf(sql),
    sql<[{ people: number; protected: number }]>`select people, protected from second_factors()`,
    sql<(Look & { name: LookName; at: Date })[]>`
      select distinct on (name) name, passed, figures, at
      from measure_looks
      order by name, day desc
    `,
  ]);
  const [operators] = await sql<
    [{ demanded: boolean; people: number; protected: number }]
  >`
    select coalesce((select operator_factors from provider), false) as demanded, people, protected
    from operator_factors_kept()
  `;
  const [{ people, protected: shielded }] = factors;
  return [
    { name: "attempts", passed: null, values: { ...failures }, at },
    {
      name: "second_factor",
      passed: null,
      values: { people, shielded, share: people === 0 ? 0 : Math.round(100 * shielded / people) },
      at,
    },
    {
      name: "operator_factors",
      passed: operators.demanded || operators.protected === operators.people,
      values: { people: operators.people, shielded: operators.protected },
      at,
    },
    ...looks.map((look) => ({
      name: look.name,
      passed: look.passed && at.getTime() - look.at.getTime() <= freshFor,
      values: look.figures,
      at: look.at,
    })),
    { name: "dependencies", ...dependencies.look(today()), at },
  ];
}

/** The failed and the rate-limited sign-ins of the last seven days. */
async function failuresOf(sql: AnySql): Promise<{ failed: number; limited: number }> {
  const [row] = await sql<{ failed: number; limited: number }[]>`
    select coalesce(sum(failed), 0)::int as failed, coalesce(sum(limited), 0)::int as limited
    from sign_in_failures
    where day > ${daysAgo(7)}
  `;
  return row!;
}

/** Counts a failed or rate-limited sign-in without storing who or from where. */
export async function countFailure(sql: AnySql, held: "failed" | "limited"): Promise<void> {
  const row = {
    day: today(),
    failed: Number(held === "failed"),
    limited: Number(held === "limited"),
  };
  await sql`
    insert into sign_in_failures ${sql(row)}
    on conflict (day) do update
    set failed = sign_in_failures.failed + excluded.failed,
      limited = sign_in_failures.limited + excluded.limited
  `;
}

/** Stores the result of a check. */
export async function recordLook(
  sql: AnySql,
  name: LookName,
  { passed, figures }: Look,
): Promise<void> {
  await sql`
    insert into measure_looks (name, day, passed, figures, at)
    values (${name}, ${today()}, ${passed}, ${sql.json(figures)}, ${now()})
    on conflict (name, day) do update
    set passed = excluded.passed, figures = excluded.figures, at = excluded.at
  `;
}

/** Counts a page that was checked, with its references to other hosts. */
export async function recordPage(sql: AnySql, route: string, found: number): Promise<void> {
  await sql`
    insert into page_looks (route, day, looks, foreign_references)
    values (${route}, ${today()}, 1, ${found})
    on conflict (route, day) do update
    set looks = page_looks.looks + 1,
      foreign_references = page_looks.foreign_references + excluded.foreign_references
  `;
}

/** Pages checked in the last 30 days, by route, and the references to other hosts found in them. */
export async function pagesLookedAt(sql: AnySql): Promise<{ pages: number; foreign: number }> {
  const [row] = await sql<{ pages: number; foreign: number }[]>`
    select count(distinct route)::int as pages,
      coalesce(sum(foreign_references), 0)::int as foreign
    from page_looks
    where day > ${daysAgo(keptDays)}
  `;
  return row!;
}

/** Removes what is older than 30 days; returns how many rows. */
export async function removeOld(sql: AnySql): Promise<number> {
  const oldest = daysAgo(keptDays);
  const counts = [
    await sql`delete from measure_looks where day <= ${oldest}`,
    await sql`delete from page_looks where day <= ${oldest}`,
    await sql`delete from sign_in_failures where day <= ${oldest}`,
  ];
  return counts.reduce((sum, { count }) => sum + count, 0);
}

const daysAgo = (days: number): string =>
  Temporal.PlainDate.from(today()).subtract({ days }).toString();
