/** Two versions side by side, clause by clause, with what was taken out and put in. */
import { diffWordsWithSpace } from "diff";
import type { Clause, Section } from "../../db/policies/clauses.ts";
import type { PolicyEntry } from "../../db/policies.ts";
import { query } from "../path.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";

interface Side {
  number: number;
  sections: readonly Section[];
}

interface Props {
  view: View;
  before: Side;
  after: Side;
  /** The versions that can be compared with. */
  older: readonly PolicyEntry[];
}

/** The page of differences. */
export const PolicyChanges = ({ view, before, after, older }: Props) => {
  const { t } = view;
  const title = t("policies.changes_between", {
    from: String(before.number),
    to: String(after.number),
  });
  return (
    <>
      <PageHeader view={view} title={t("policies.changes")} sub={title} />
      {older.length > 1
        ? (
          <form method="get" action={query(view.path, { from: null })} class="inline-form">
            <label>
              {t("policies.compare")}{" "}
              <select name="from">
                {older.map(({ number }) => (
                  <option value={String(number)} selected={number === before.number}>
                    {`${t("policies.number")} ${number}`}
                  </option>
                ))}
              </select>
            </label>
            <Button view={view} label={t("policies.compare")} variant="quiet" />
          </form>
        )
        : null}
      <Differences view={view} before={before} after={after} />
    </>
  );
};

/** What differs; for the officer's page and the public one. */
export const Differences = ({ view, before, after }: Omit<Props, "older">) => {
  const { t } = view;
  const changed = pairs(before.sections, after.sections)
    .filter(([old, fresh]) => textOf(old) !== textOf(fresh));
  if (changed.length === 0) return <EmptyState title={t("policies.changes_none")} />;
  const heads = [
    t("policies.old_version", { number: String(before.number) }),
    t("policies.new_version", { number: String(after.number) }),
  ];
  return (
    <div class="differences">
      {changed.map(([old, fresh]) => {
        const parts = diffWordsWithSpace(textOf(old), textOf(fresh));
        const { number, title } = (fresh ?? old)!;
        return (
          <section aria-label={`${number} ${title}`}>
            <h2>{`${number} ${title}`}</h2>
            <div class="difference">
              <div>
                <h3>{heads[0]}</h3>
                <p class="prose">
                  {parts.filter(({ added }) => !added).map(({ value, removed }) =>
                    removed ? <del>{value}</del> : value
                  )}
                </p>
              </div>
              <div>
                <h3>{heads[1]}</h3>
                <p class="prose">
                  {parts.filter(({ removed }) => !removed).map(({ value, added }) =>
                    added ? <ins>{value}</ins> : value
                  )}
                </p>
              </div>
            </div>
          </section>
        );
      })}
    </div>
  );
};

type Pair = [old: Clause | undefined, fresh: Clause | undefined];

/** The clauses of both versions by their numbers, in the order of the new one; dropped ones last. */
function pairs(before: readonly Section[], after: readonly Section[]): Pair[] {
  const old = new Map(before.flatMap(({ clauses }) => clauses).map((each) => [each.number, each]));
  const fresh = after.flatMap(({ clauses }) => clauses);
  const dropped = [...old.values()].filter(({ number }) =>
    !fresh.some((each) => each.number === number)
  );
  return [
    ...fresh.map((each): Pair => [old.get(each.number), each]),
    ...dropped.map((each): Pair => [each, undefined]),
  ];
}

/** A clause as plain text, its table a line a row. */
function textOf(clause: Clause | undefined): string {
  if (!clause) return "";
  const rows = clause.table?.rows.map((row) => row.join(" · ")) ?? [];
  return [clause.title, ...clause.paragraphs, ...rows].join("\n");
}
