/** The policy as everyone reads it: its clauses, the version, the way to older ones. */
import type { Clause, Section } from "../../db/policies/clauses.ts";
import type { PolicyEntry } from "../../db/policies.ts";
import type { MessageKey } from "../i18n/translate.ts";
import { path } from "../path.ts";
import { ClauseProofs, type Lamps } from "../proofs.tsx";
import { LinkButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { Notice } from "../ui/flash.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { type Column, DataTable } from "../ui/table.tsx";
import { TextTable } from "../ui/text_table.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  sections: readonly Section[];
  /** The version shown; null for what is not a version yet. */
  policy: PolicyEntry | null;
  /** The version that has been announced and will follow. */
  coming: PolicyEntry | null;
  /** The results of the clauses' proofs; null for a version that is not in force. */
  lamps: Lamps | null;
}

/** Which version a page shows, in words. */
export function versionLine({ t, format }: View, policy: PolicyEntry): string {
  const number = String(policy.number);
  if (policy.inForceAt && policy.status === "in_force") {
    return t("policies.in_force_since", { number, date: format.date(policy.inForceAt) });
  }
  const date = format.date(policy.takesEffectOn ?? policy.proposedAt ?? policy.createdAt);
  return t("policies.version_of", { number, date });
}

/** What a list of versions says about each. */
export const versionColumns = ({ t, format }: View): Column<PolicyEntry>[] => [
  { key: "number", header: t("policies.number"), cell: ({ number }) => String(number) },
  {
    key: "status",
    header: t("policies.status"),
    cell: ({ status }) => t(`policies.status_${status}`),
  },
  {
    key: "from",
    header: t("policies.takes_effect_on"),
    cell: ({ takesEffectOn }) => takesEffectOn ? format.date(takesEffectOn) : "",
  },
  { key: "reason", header: t("policies.reason"), cell: ({ reason }) => reason },
];

/** The whole policy. */
export const PolicyPage = ({ view, sections, policy, coming, lamps }: Props) => {
  const { t, format } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("policies.title")}
        sub={policy ? versionLine(view, policy) : undefined}
      >
        {policy
          ? (
            <LinkButton
              view={view}
              href={path`/privacy/versions/${policy.number}.pdf` + `?lang=${view.locale}`}
              label={t("policies.pdf")}
              icon="download"
              variant="quiet"
              download
            />
          )
          : null}
        <LinkButton
          view={view}
          href="/privacy/versions"
          label={t("policies.versions")}
          variant="quiet"
        />
        <LinkButton
          view={view}
          href="/privacy/processors"
          label={t("processors.title")}
          variant="quiet"
        />
      </PageHeader>
      {policy === null ? <Notice view={view} kind="info" text={t("policies.draft_shown")} /> : null}
      {coming
        ? (
          <p>
            <a href={path`/privacy/versions/${coming.number}/changes`}>
              {t("policies.until_then", {
                number: String(coming.number),
                date: format.date(coming.takesEffectOn!),
              })}
            </a>
          </p>
        )
        : null}
      <PolicyText view={view} sections={sections} lamps={lamps} />
    </>
  );
};

/** The clauses under their sections. */
export const PolicyText = (
  { view, sections, lamps = null }: {
    view: View;
    sections: readonly Section[];
    lamps?: Lamps | null;
  },
) => (
  <div class="policy">
    {sections.map(({ number, title, clauses }) => (
      <section>
        <h2>{`${number}. ${title}`}</h2>
        {clauses.map((clause) => <ClausePart view={view} clause={clause} lamps={lamps} />)}
      </section>
    ))}
  </div>
);

const ClausePart = (
  { view, clause, lamps }: { view: View; clause: Clause; lamps: Lamps | null },
) => (
  <article
    id={`clause-${clause.number.replace(".", "-")}`}
    class={clause.apart ? "clause clause-apart" : "clause"}
  >
    <h3>
      <span class="clause-number">{clause.number}</span> {clause.title}
    </h3>
    {clause.apart ? <p class="clause-mark">{view.t("policies.apart")}</p> : null}
    {clause.paragraphs.map((each) => <p class="prose">{each}</p>)}
    {clause.table && clause.table.rows.length > 0
      ? <TextTable caption={clause.title} head={clause.table.head} rows={clause.table.rows} />
      : null}
    <Ways view={view} number={clause.number} />
    {lamps ? <ClauseProofs view={view} number={clause.number} lamps={lamps} /> : null}
  </article>
);

/** Where a clause can be made use of at once. */
const ways: Partial<Record<string, [href: string, label: MessageKey]>> = {
  "2.2": ["/privacy/requests/new", "requests.new_title"],
  "4.2": ["/privacy/processors", "processors.title"],
  "6.7": ["/privacy/complaint", "complaints.title"],
  "6.10": ["/privacy/requests/new", "requests.new_title"],
};

const Ways = ({ view, number }: { view: View; number: string }) => {
  const way = ways[number];
  return way
    ? (
      <p>
        <a href={way[0]}>{view.t(way[1])}</a>
      </p>
    )
    : null;
};

/** Every version that was ever in force or is announced, newest first. */
export const PolicyVersions = (
  { view, policies }: { view: View; policies: readonly PolicyEntry[] },
) => {
  const { t } = view;
  return (
    <>
      <PageHeader view={view} title={t("policies.versions")} />
      <DataTable<PolicyEntry>
        view={view}
        caption={t("policies.versions")}
        columns={[
          ...versionColumns(view),
          {
            key: "changes",
            header: t("policies.changes"),
            cell: ({ number }) =>
              number > 1
                ? <a href={path`/privacy/versions/${number}/changes`}>{t("policies.changes")}</a>
                : t("policies.first_version"),
          },
        ]}
        rows={policies}
        href={({ number }) => path`/privacy/versions/${number}`}
        empty={<EmptyState title={t("policies.empty")} />}
      />
    </>
  );
};
