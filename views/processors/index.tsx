/** The register as the operator sees it. */
import { OperatorHead } from "../operator.tsx";
import { path } from "../path.ts";
import { LinkButton } from "../ui/button.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";
import { type Standing, StateBadge } from "./public.tsx";
import { countries, service } from "./words.ts";

/** An entry with what keeps it closed, and until when its evidence counts. */
export interface Overview extends Standing {
  /** A key of the catalogue without its noun; null while it is open. */
  obstacle: string | null;
  coveredUntil: string | null;
}

/** Every entry, its state and its evidence. */
export const ProcessorIndex = ({ view, entries }: { view: View; entries: readonly Overview[] }) => {
  const { t, format } = view;
  return (
    <>
      <OperatorHead view={view} current="processors" />
      <div class="toolbar">
        <LinkButton
          view={view}
          href="/operator/processors/new"
          label={t("processors.new")}
          icon="plus"
          variant="primary"
        />
        <a href="/privacy/processors">{t("processors.public_register")}</a>
      </div>
      <DataTable<Overview>
        view={view}
        caption={t("processors.title")}
        rows={entries}
        href={({ processor }) => path`/operator/processors/${processor.id}`}
        phoneLine={({ processor }) => countries(view, processor.processingCountries)}
        columns={[
          { key: "name", header: t("processors.name"), cell: ({ processor }) => processor.name },
          {
            key: "service",
            header: t("policies.service"),
            priority: 3,
            cell: ({ processor }) => service(view, processor),
          },
          {
            key: "place",
            header: t("processors.processing_countries"),
            priority: 2,
            cell: ({ processor }) => countries(view, processor.processingCountries),
          },
          {
            key: "evidence",
            header: t("processors.evidence_until"),
            priority: 2,
            cell: ({ coveredUntil }) =>
              coveredUntil ? format.date(coveredUntil) : t("processors.not_proven"),
          },
          {
            key: "state",
            header: t("processors.state"),
            cell: (entry) => <StateBadge view={view} entry={entry} />,
          },
        ]}
      />
    </>
  );
};
