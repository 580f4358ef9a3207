/** What others did while a person was away: the latest on the start page, all of it on its own. */
import type { Addition } from "../../db/start_additions.ts";
import type { ChangedRecord } from "../../db/start_changes.ts";
import type { Review } from "../../db/start_reviews.ts";
import type { Section } from "../../db/start_sections.ts";
import { isMessageKey } from "../i18n/translate.ts";
import { query } from "../path.ts";
import { fieldLabel } from "../records/history.tsx";
import { nouns, recordHref } from "../records/nouns.ts";
import { LinkButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { Lines, LinesPanel } from "./lines.tsx";

const all = "/start/changes";

const lineOf = (view: View, record: ChangedRecord) => ({
  href: recordHref(record.kind, record.id),
  text: record.name,
  detail: changeText(view, record),
  end: <Time view={view} moment={record.at} as="relative" />,
});

/** The latest, with the way to all; only that where the latest of others concerns other people. */
export const Changes = (
  { view, changed, awaySince }: {
    view: View;
    changed: Section<ChangedRecord>;
    awaySince: Date | null;
  },
) => {
  if (awaySince === null) return null;
  const title = view.t("start.changed", { at: view.format.dateTime(awaySince) });
  if (changed.rows.length === 0 && changed.more) {
    return (
      <Panel title={title} id="changed" actions={<a href={all}>{view.t("start.all")}</a>}>
        <p class="hint">{view.t("start.changes_older")}</p>
      </Panel>
    );
  }
  return (
    <LinesPanel
      view={view}
      id="changed"
      title={title}
      all={all}
      section={changed}
      lines={changed.rows.map((row) => lineOf(view, row))}
    />
  );
};

/** All of it, a page at a time. */
export const ChangesPage = (
  { view, review, awaySince, first }: {
    view: View;
    review: Review;
    awaySince: Date | null;
    first: boolean;
  },
) => {
  const { t, format } = view;
  const { rows, next, added } = review;
  return (
    <>
      <PageHeader
        view={view}
        title={t("start.changes_title")}
        sub={awaySince === null
          ? undefined
          : t("start.changed", { at: format.dateTime(awaySince) })}
        crumbs={[{ href: "/start", label: t("start.title") }]}
      >
        {first
          ? null
          : <LinkButton view={view} href={all} label={t("start.changes_first")} variant="quiet" />}
      </PageHeader>
      {added && added.count > 0
        ? (
          <p>
            {t(added.more ? "start.changes_added_more" : "start.changes_added", {
              count: added.count,
            })}
          </p>
        )
        : null}
      {rows.length > 0
        ? <Lines lines={rows.map((row) => lineOf(view, row))} />
        : next === null
        ? <EmptyState title={t("start.changes_empty")} />
        : <p class="hint">{t("start.changes_none_here")}</p>}
      <Pager view={view} previous={null} next={next && query(all, { before: next })} />
    </>
  );
};

/** Changed fields and added things named of one record; the rest is in its history. */
const mostNamed = 4;
/** Characters of a subject or file's name that are shown. */
const letters = 60;

/** What was done and added to a record, and by whom. */
function changeText(view: View, record: ChangedRecord): string {
  const { t } = view;
  const key = `history.action_${record.action}`;
  const labels = [
    ...record.added.map(({ what, text }) => addedText(view, what, text)),
    ...record.fields.map((name) =>
      name === "stage" && record.stage
        ? t("start.moved", { stage: record.stage })
        : fieldLabel(view, nouns[record.kind], name)
    ),
  ];
  if (labels.length === 0) labels.push(t(isMessageKey(key) ? key : "history.action_other"));
  if (labels.length > mostNamed) labels.splice(mostNamed, labels.length, "…");
  const by = record.actors.length > 0 ? record.actors.join(", ") : t("history.system");
  return `${labels.join(", ")} · ${by}`;
}

/** Such as "Notiz: Wünscht einen Rückruf". */
function addedText({ t }: View, what: Addition["what"], text: string): string {
  const kind = what === "file"
    ? t("timeline.file")
    : t(what === "mail" ? "files.kind_mail" : `activities.kind_${what}`);
  const words = text || t("messages.no_subject");
  return `${kind}: ${words.length > letters ? `${words.slice(0, letters).trimEnd()}…` : words}`;
}
