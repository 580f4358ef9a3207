/** The register's history, for the public, tenants and the operator alike. */
import type { Change } from "../../db/processor_changes.ts";
import { EmptyState } from "../ui/empty.tsx";
import { HistoryList } from "../ui/history.tsx";
import type { View } from "../view.ts";
import { difference } from "./words.ts";

interface Props {
  view: View;
  changes: readonly Change[];
}

/** What changed, newest first; what tenants may object to says when it takes effect. */
export const ChangeList = ({ view, changes }: Props) => {
  const { t } = view;
  if (changes.length === 0) return <EmptyState title={t("processors.history_empty")} />;
  return (
    <HistoryList
      view={view}
      entries={changes.map((change) => ({
        at: change.at,
        who: change.processorName,
        what: t(`processors.action_${change.action}`) + (change.material
          ? `, ${t("processors.change_effect", { date: view.format.date(change.takesEffectOn) })}`
          : ""),
        detail: (
          <>
            {Object.entries(change.differences).map(([name, each]) => (
              <p>{difference(view, name, each)}</p>
            ))}
            {change.reason ? <p>{change.reason}</p> : null}
          </>
        ),
      }))}
    />
  );
};
