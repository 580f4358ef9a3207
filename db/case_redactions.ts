/**
 * Blacks out other people's data in an answer to a right of access (Art. 15(4) GDPR): reviewed and
 * chosen before approval. Without a choice, everything proposed is covered.
 */
import * as previews from "./access_previews.ts";
import type { KeyStore } from "./key_store.ts";
import * as caseEvents from "./case_events.ts";
import type { Party } from "./case_events.ts";
import type { CaseItem } from "./case_items.ts";
import * as casePersons from "./case_persons.ts";
import { providerId } from "./controllers.ts";
import { Invalid } from "./errors.ts";
import * as redactions from "./redactions.ts";
import type { Place } from "./redactions.ts";
import type { Scope } from "./scope.ts";

interface Choice {
  words: string[];
  offered: string[];
  leftOut: string[];
  chosenAt: Date;
}

export interface Preview {
  /** Proposed or typed words, where they occur and whether they are covered. */
  words: { word: string; covered: boolean; places: Place[] }[];
  /** The newest files. */
  files: { id: string; name: string; size: number; leftOut: boolean }[];
  /** How many files there are in all. */
  fileCount: number;
  /** While it is the same, nothing has come or changed that the page did not show. */
  mark: string;
  /** Null until somebody has chosen. */
  chosenAt: Date | null;
}

/** The maximum numbers of words and files shown on one page. */
export const shown = { words: redactions.most, files: previews.shownFiles };

async function lookup({ sql, tenantId }: Scope, itemId: string): Promise<Choice | null> {
  const [row] = await sql<Choice[]>`
    select words, offered, left_out, chosen_at
    from case_redactions
    where tenant_id = ${tenantId}
      and item_id = ${itemId}
  `;
  return row ?? null;
}

/**
 * What the answer would currently leave out; null if there is nobody to give access to. Of a large
 * answer a sample is read.
 */
export async function preview(
  scope: Scope,
  store: KeyStore,
  { id, caseId, right, closedAt }: CaseItem,
): Promise<Preview | null> {
  if (right !== "access" || closedAt || scope.tenantId === providerId) return null;
  const person = await casePersons.resolve(scope, caseId);
  if (!person) return null;
  const { tables, files, fileCount, proposed, mark } = await previews.look(
    scope,
    store,
    person,
    "de",
  );
  const chosen = await lookup(scope, id);
  const covered = chosen ? covering(chosen, proposed) : proposed;
  // What somebody typed is shown again, however much is proposed.
  const known = new Set(proposed);
  const typed = covered.filter((word) => !known.has(word)).slice(0, shown.words);
  const all = [...proposed.slice(0, shown.words - typed.length), ...typed];
  const places = redactions.places(tables, all);
  return {
    words: all.map((word) => ({
      word,
      covered: covered.includes(word),
      places: places.get(word) ?? [],
    })),
    files: files.map(({ id, name, size }) => ({
      id,
      name,
      size,
      leftOut: chosen?.leftOut.includes(id) ?? false,
    })),
    ...{ fileCount, mark },
    chosenAt: chosen?.chosenAt ?? null,
  };
}

/** The words chosen, plus those nobody has reviewed yet, which are always covered. */
function covering({ words, offered }: Choice, proposed: readonly string[]): string[] {
  const reviewed = new Set(offered);
  return [...new Set([...words, ...proposed.filter((word) => !reviewed.has(word))])];
}

/**
 * Saves a choice: `words` are covered, the rest of those `offered` stays readable. The last choice
 * before approval counts. Throws Invalid `case.step` unless it is an open right of access.
 */
export async function choose(
  scope: Scope,
  { id: itemId, caseId, right, closedAt }: CaseItem,
  { words, offered, leftOut }: Omit<Choice, "chosenAt">,
  by: Party,
): Promise<void> {
  if (right !== "access" || closedAt) throw new Invalid("case.step", "words");
  const { sql, tenantId, now } = scope;
  const row = { words, offered, leftOut, chosenAt: now, chosenBy: by.id };
  await sql`
    insert into case_redactions ${sql({ tenantId, itemId, ...row })}
    on conflict (tenant_id, item_id) do update
    set ${sql(row)}
  `;
  const reason = String(words.length);
  await caseEvents.append(scope, { caseId, itemId, action: "redactions_chosen", reason, by });
}

/** What an answer prepared now has to cover and leave out, and when that was chosen. */
export async function effective(
  scope: Scope,
  itemId: string,
  proposed: readonly string[],
): Promise<{ words: string[]; leftOut: string[]; chosenAt: Date | null }> {
  const chosen = await lookup(scope, itemId);
  if (!chosen) return { words: [...proposed], leftOut: [], chosenAt: null };
  const { leftOut, chosenAt } = chosen;
  return { words: covering(chosen, proposed), leftOut, chosenAt };
}

/** Deletes a choice after its answer was prepared; false if it is no longer the last one. */
export async function use(
  scope: Scope,
  itemId: string,
  chosenAt: Date | null,
): Promise<boolean> {
  const chosen = await lookup(scope, itemId);
  if (chosen?.chosenAt.getTime() !== chosenAt?.getTime()) return false;
  const { sql, tenantId } = scope;
  await sql`
    delete from case_redactions
    where tenant_id = ${tenantId}
      and item_id = ${itemId}
  `;
  return true;
}
