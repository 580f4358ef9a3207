/**
 * What saving a record may create by its name, locked before the record: tags, then companies.
 * Whoever renames a tag or a company, or gives a tag to many, holds it when they come to the records.
 */
import * as companyNames from "./company_names.ts";
import { mayWrite } from "./field_rights.ts";
import type { Kind } from "./record_kinds.ts";
import type { Scope } from "./scope.ts";
import * as tags from "./tags.ts";

/** The names in a form. */
export interface Names {
  tags: readonly string[];
  companies: readonly companyNames.Named[];
}

/**
 * Creates the missing tags and keeps all of them as they are until the transaction ends; takes
 * turns with others if a company is missing. `id` is that of an existing record: if it has just
 * these tags, they are left alone.
 */
export async function take(
  scope: Scope,
  kind: Kind,
  id: string | null,
  { tags: words, companies }: Names,
): Promise<void> {
  if (words.length > 0 && mayWrite(scope, kind, "tags")) {
    if (id === null || !await tags.areThose(scope, kind, id, words)) await tags.hold(scope, words);
  }
  if (companies.length > 0) await companyNames.takeTurns(scope, companies);
}
