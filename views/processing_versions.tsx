/** Earlier versions of the record of processing: their list, and one as it stood. */
import type { ProcessingContent, Versions } from "../db/register_versions.ts";
import { path, query } from "./path.ts";
import { partiesOf } from "./processing_parties.ts";
import { Activities } from "./processing_activities.tsx";
import { AsOn, VersionList } from "./register_versions.tsx";
import { DescriptionList } from "./ui/descriptions.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Panel } from "./ui/panel.tsx";
import type { View } from "./view.ts";

const home = "/operator/records";

/** The versions, and the exports of the record as it stood on a day. */
export const ProcessingVersions = (
  { view, versions }: { view: View; versions: Versions<ProcessingContent> },
) => {
  const { t } = view;
  const labels: Record<string, string> = {
    provider: t("processing_records.controller"),
    processors: t("processing_records.recipients"),
    controller: t("processing_records.as_controller"),
    processor: t("processing_records.as_processor"),
  };
  return (
    <>
      <Panel title={t("incidents.versions")} id="versions">
        <VersionList
          view={view}
          versions={versions}
          home={home}
          href={({ id }) => query(home, { version: id })}
          label={(name) => labels[name] ?? name}
        />
      </Panel>
      <AsOn
        view={view}
        title={t("incidents.register_as_on")}
        files={[[`${home}.pdf`, "PDF"], [`${home}.csv`, "CSV"]]}
      />
    </>
  );
};

/** The record as it stood, both parts. */
export const RecordsVersionPage = (
  { view, content, title }: { view: View; content: ProcessingContent; title: string },
) => {
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={title}
        crumbs={[{ href: path`/operator/records`, label: t("operator.records") }]}
      />
      {(["controller", "processor"] as const).map((role) => (
        <Panel title={t(`processing_records.as_${role}`)}>
          <DescriptionList items={partiesOf(view, content.provider, role)} />
          <Activities
            view={view}
            caption={t(`processing_records.as_${role}`)}
            activities={content[role]}
            processors={content.processors}
          />
        </Panel>
      ))}
    </>
  );
};
