/** The records of processing activities (Art. 30 GDPR), built from the personal-data map. */
import { mapped } from "./personal_data.ts";
import type { Basis, Category, Column, Purpose, Subject } from "./personal_data/columns.ts";
import { files } from "./personal_data/files.ts";
import type { AnySql } from "./pool.ts";
import { type PeriodFact, periodOf } from "./policies/facts.ts";

/** An activity: what is done for one purpose on one legal basis. */
export interface Activity {
  /** `security.f`: purpose and legal basis. */
  id: string;
  purpose: Purpose;
  basis: Basis;
  subjects: Subject[];
  categories: Category[];
  periods: PeriodFact[];
}

/** A customer for whom the provider is the processor (Art. 30(2)(a)). */
export interface Customer {
  name: string;
  slug: string;
  /** The contact person there; null if the tenant no longer has an owner. */
  contactName: string | null;
  contactEmail: string | null;
}

/** Categories that reveal nothing about a person. */
const silent: readonly Category[] = ["reference", "copy", "technical"];

type Entry = Pick<Column, "category" | "subject" | "purpose" | "basis" | "role" | "retention">;

/** Whether the records of the provider in this role name such data. */
export const names = (
  { role, subject, category }: Pick<Entry, "role" | "subject" | "category">,
  as: Entry["role"],
): boolean => role === as && subject !== "none" && !silent.includes(category);

/** The provider's activities as controller (Art. 30(1)) or as its customers' processor (30(2)). */
export function list(role: "controller" | "processor"): Activity[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries()) {
    if (!names(entry, role)) continue;
    const id = `${entry.purpose}.${entry.basis}`;
    groups.set(id, [...groups.get(id) ?? [], entry]);
  }
  return [...groups].sort(([a], [b]) => a < b ? -1 : 1).map(([id, all]) => ({
    id,
    purpose: all[0]!.purpose,
    basis: all[0]!.basis,
    subjects: unique(all.map(({ subject }) => subject)),
    categories: unique(all.map(({ category }) => category)),
    periods: unique(all.map(({ retention }) => retention)).map(periodOf),
  }));
}

function* entries(): Generator<Entry> {
  yield* mapped().values();
  for (const { categories, ...store } of Object.values(files)) {
    for (const category of categories) yield { ...store, category };
  }
}

const unique = <T extends string>(all: readonly T[]): T[] => [...new Set(all)].sort();

/** The customers by name: all of them, read a thousand at a time, unless fewer are wanted. */
export async function listCustomers(
  sql: AnySql,
  { most = Infinity, atOnce = 1_000 }: { most?: number; atOnce?: number } = {},
): Promise<Customer[]> {
  const all: Customer[] = [];
  while (all.length < most) {
    const last = all.at(-1) ?? { name: "", slug: "" };
    const next = await sql<Customer[]>`
      select name, slug, contact_name, contact_email
      from customers_after(${last.name}, ${last.slug}, ${Math.min(atOnce, most - all.length)})
    `;
    all.push(...next);
    if (next.length < atOnce) break;
  }
  return all;
}
