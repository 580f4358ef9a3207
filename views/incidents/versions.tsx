/** Earlier versions of a breach's entry: the list, one of them, and its facts for files. */
import type { IncidentContent, Version, Versions } from "../../db/register_versions.ts";
import { isMessageKey } from "../i18n/translate.ts";
import { path, query } from "../path.ts";
import { versionAuthor, VersionList } from "../register_versions.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { home } from "./state.tsx";

/** The columns of a breach in the order of the form, and the label of each. */
const labels = {
  title: "incidents.title",
  noticed_at: "incidents.noticed",
  nature: "incidents.nature",
  persons: "incidents.persons",
  data_records: "incidents.dataRecords",
  consequences: "incidents.consequences",
  measures: "incidents.measures",
  risk: "incidents.risk",
  reason: "incidents.reason",
  told_at: "incidents.told",
  closed_at: "incidents.closed_at",
  customers: "incidents.customers",
  notified_customers: "incidents.customers_told",
  notified_persons: "incidents.letters_told",
} as const;

type Name = keyof typeof labels;
const names = Object.keys(labels) as Name[];

/** What a version states, as names and words; the last says since when and by whom. */
export function versionFacts(
  view: View,
  { content, ...version }: Version<IncidentContent>,
): [string, string][] {
  const { t, format } = view;
  const said = (name: Name): string => {
    const value = content[name] ?? null;
    if (value === null) return "";
    if (name.endsWith("_at")) return format.dateTime(new Date(String(value)));
    if (typeof value === "number") return format.number(value);
    const key = `incidents.risk_${value}`;
    return name === "risk" && isMessageKey(key) ? t(key) : String(value);
  };
  return [
    ...names.map((name): [string, string] => [t(labels[name]), said(name)]),
    [
      t("incidents.version_of"),
      `${format.dateTime(version.at)}, ${versionAuthor(view, version)}`,
    ],
  ];
}

/** The names alone, as the head of a table. */
export const versionHead = (view: View): string[] => [
  ...names.map((name) => view.t(labels[name])),
  view.t("incidents.version_of"),
];

/** A breach as it stood. */
export const IncidentVersionPage = (
  { view, version }: { view: View; version: Version<IncidentContent> },
) => (
  <>
    <PageHeader
      view={view}
      title={String(version.content.title)}
      crumbs={[
        { href: home, label: view.t("operator.incidents") },
        { href: home + path`/${version.incidentId!}`, label: view.t("incidents.today") },
      ]}
    />
    <DescriptionList
      items={versionFacts(view, version).slice(1).map(([name, words]) => [name, words])}
    />
  </>
);

/** The versions of a breach. */
export const IncidentVersions = (
  { view, id, versions }: {
    view: View;
    id: string;
    versions: Versions<IncidentContent>;
  },
) => (
  <Panel title={view.t("incidents.versions")} id="versions">
    <VersionList
      view={view}
      versions={versions}
      home={home + path`/${id}`}
      href={(version) => query(home + path`/${id}`, { version: version.id })}
      label={(name) => name in labels ? view.t(labels[name as Name]) : name}
    />
  </Panel>
);
