/** The table of OWASP ASVS: what is required, what meets it, what proves it, what is missing. */
import type { Requirement, RequirementName } from "../db/asvs.ts";
import { OperatorHead } from "./operator.tsx";
import { Badge } from "./ui/badge.tsx";
import { Panel } from "./ui/panel.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

/** A group with its name. */
export type Row = Requirement & { name: RequirementName };

const gaps = ["factors", "providers", "logs", "supply"] as const;

export const AsvsPage = ({ view, rows }: { view: View; rows: readonly Row[] }) => {
  const { t } = view;
  const gapOf = (name: RequirementName) => {
    const gap = gaps.find((each) => each === name);
    return gap ? t(`asvs.gap_${gap}`) : "";
  };
  return (
    <>
      <OperatorHead view={view} current="measures" />
      <Panel title={t("asvs.title")}>
        <p>{t("asvs.text")}</p>
        <DataTable<Row>
          view={view}
          caption={t("asvs.title")}
          rows={rows}
          rowId={({ name }) => `asvs-${name}`}
          columns={[
            {
              key: "what",
              header: t("asvs.group"),
              cell: ({ name, ids }) => (
                <>
                  {t(`asvs.${name}`)}
                  <p class="hint">{ids}</p>
                </>
              ),
            },
            {
              key: "standing",
              header: t("asvs.standing"),
              cell: ({ name, standing }) => (
                <>
                  <Badge
                    label={t(`asvs.standing_${standing}`)}
                    tone={standing === "met" ? "ok" : "warn"}
                  />
                  {standing === "part" ? <p>{gapOf(name)}</p> : null}
                </>
              ),
            },
            {
              key: "shown",
              header: t("asvs.shown"),
              priority: 2,
              cell: ({ code, tests }) => (
                <ul class="bullets">
                  {code.map((file) => (
                    <li>
                      <code>{file}</code>
                    </li>
                  ))}
                  {tests.map(([file, sentence]) => (
                    <li lang="en">
                      <code>{file}</code>: {sentence}
                    </li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      </Panel>
    </>
  );
};
