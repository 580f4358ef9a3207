/** Everything that happened to a record, newest first: its panel, filtered, in pages. */
import type { Child } from "hono/jsx";
import type { Owner } from "../db/choices.ts";
import type { Entry, Filter, Timeline } from "../db/timeline.ts";
import { kindIcons } from "./activities/marks.tsx";
import { fileKind } from "./files.tsx";
import { isThere, stateTones } from "./messages/states.ts";
import { path, query } from "./path.ts";
import { actionWords, changeDetail } from "./records/history.tsx";
import { type Noun, recordHref } from "./records/nouns.ts";
import { Badge } from "./ui/badge.tsx";
import { Icon, type IconName } from "./ui/icon.tsx";
import { Panel } from "./ui/panel.tsx";
import { Time } from "./ui/values.tsx";
import type { View } from "./view.ts";

/** What the address asks of a timeline. */
export interface AskedTimeline {
  /** Null for everything. */
  filter: Filter | null;
  /** Whether newer entries were left out. */
  paged: boolean;
}

export interface TimelineProps {
  view: View;
  /** The record's own address. */
  href: string;
  /** The catalogue of the record's own field names. */
  noun: Noun;
  timeline: Timeline;
  asked: AskedTimeline;
  owners: readonly Owner[];
  /** Words for values of changes by id, such as the names of lost reasons. */
  names?: Readonly<Record<string, string>>;
}

/** What a record's page is given of its timeline. */
export type ShownTimeline = Pick<TimelineProps, "href" | "noun" | "timeline" | "asked">;

/** The name of each filter in addresses and in the catalogue. */
export const filterNames = {
  activity: "activities",
  note: "notes",
  mail: "mails",
  file: "files",
  stage: "stages",
  change: "changes",
  import: "imports",
  privacy: "privacy",
} as const satisfies Record<Filter, string>;

export const shownFilters = Object.keys(filterNames) as Filter[];

/** The panel; htmx swaps it as a whole, without htmx the page reloads and jumps to it. */
export const TimelinePanel = (props: TimelineProps) => {
  const { view, timeline: { entries, next }, asked } = props;
  const { t } = view;
  const name = asked.filter === null ? "all" : filterNames[asked.filter];
  return (
    <Panel title={t("timeline.title")} id="timeline">
      <nav class="timeline-kinds" aria-label={t("timeline.kinds")}>
        <ul>
          {[null, ...shownFilters].map((filter) => {
            const word = filter === null ? "all" : filterNames[filter];
            return (
              <li>
                <TurnLink
                  {...props}
                  to={{ timeline: word }}
                  label={t(`timeline.${word}`)}
                  current={filter === asked.filter}
                />
              </li>
            );
          })}
        </ul>
      </nav>
      {entries.length === 0
        ? <p class="hint">{t(asked.filter === null ? "history.empty" : "timeline.none")}</p>
        : <ol class="timeline">{entries.map((entry) => EntryRow(props, entry))}</ol>}
      {next || asked.paged
        ? (
          <p class="timeline-more">
            {next
              ? (
                <TurnLink
                  {...props}
                  to={{ timeline: name, before: next }}
                  label={t("history.older")}
                />
              )
              : null} {asked.paged
              ? <TurnLink {...props} to={{ timeline: name }} label={t("history.newest")} />
              : null}
          </p>
        )
        : null}
    </Panel>
  );
};

const TurnLink = (
  { href, to, label, current }: Pick<TimelineProps, "href"> & {
    to: Record<string, string>;
    label: string;
    current?: boolean;
  },
) => {
  const address = query(href, to);
  return (
    <a
      href={`${address}#timeline`}
      aria-current={current ? "true" : undefined}
      data-hx-get={address}
      data-hx-target="#timeline"
      data-hx-swap="outerHTML"
    >
      {label}
    </a>
  );
};

interface Shown {
  icon: IconName;
  /** The kind in words, for readers who do not see the icon. */
  kind: string;
  what: Child;
  who: string | null;
  detail?: Child;
}

/** Called, not written as an element: a page holds thirty of them. */
function EntryRow(props: TimelineProps, entry: Entry) {
  const { view } = props;
  const { icon, kind, what, who, detail } = shown(props, entry);
  return (
    <li>
      <Icon view={view} name={icon} />
      <div>
        <p>
          <span class="visually-hidden">{kind}:</span> {what}
        </p>
        {detail ? <p class="timeline-detail">{detail}</p> : null}
      </div>
      <p class="timeline-when">
        <Time view={view} moment={entry.at} as="dateTime" />
        {who ? <span>{who}</span> : null}
      </p>
    </li>
  );
}

function shown(props: TimelineProps, entry: Entry): Shown {
  const { view } = props;
  const { t, format } = view;
  switch (entry.kind) {
    case "activity": {
      const { kind, subject, body } = entry.data;
      return {
        icon: kindIcons[kind],
        kind: t(`activities.kind_${kind}`),
        what: <a href={path`/activities/${entry.id}`}>{subject}</a>,
        who: entry.actorName,
        detail: excerpt(body),
      };
    }
    case "mail": {
      const { direction, state, from, subject, body } = entry.data;
      return {
        icon: "mail",
        // The mark after the subject shows that it was not sent.
        kind: t(isThere(entry.data) ? `messages.direction_${direction}` : "files.kind_mail"),
        what: (
          <>
            <a href={path`/messages/${entry.id}`}>{subject || t("messages.no_subject")}</a>
            {isThere(entry.data)
              ? null
              : <>{" "}{Badge({ label: t(`outgoing.state_${state}`), tone: stateTones[state] })}</>}
          </>
        ),
        who: direction === "in" ? from || t("messages.no_sender") : entry.actorName,
        detail: excerpt(body),
      };
    }
    case "file": {
      const { name, mediaType, size, home } = entry.data;
      return {
        icon: "paperclip",
        kind: t("timeline.file"),
        what: <a href={path`/files/${entry.id}`} download={name}>{name}</a>,
        who: entry.actorName,
        detail: (
          <>
            {fileKind(view, mediaType)}, {format.bytes(size)}
            {home
              ? (
                <>
                  , <a href={recordHref(home.kind, home.id)}>{home.name}</a>
                </>
              )
              : null}
          </>
        ),
      };
    }
    case "stage": {
      const { dealId, title, from, to, toKind } = entry.data;
      return {
        icon: "handshake",
        kind: t("deals.stage"),
        what: (
          <>
            {props.noun === "deals" ? null : (
              <>
                <a href={path`/deals/${dealId}`}>{title}</a>:{" "}
              </>
            )}
            {from ? `${from} → ` : null}
            {toKind === "won" ? <strong>{to}</strong> : to}
          </>
        ),
        who: entry.actorName ?? t("history.system"),
      };
    }
    case "change": {
      const { action, actorKind, merged } = entry.data;
      const what = actionWords(view, action);
      return {
        icon: "history",
        kind: t("timeline.change"),
        what: merged ? t("timeline.of_merged", { what }) : what,
        who: entry.actorName ?? t(actorKind === "system" ? "history.system" : "history.unknown"),
        detail: changeDetail({ ...props, change: entry.data }),
      };
    }
  }
}

/** The beginning of a text on one line. */
function excerpt(text: string): string | undefined {
  const line = text.replace(/\s+/g, " ").trim();
  if (line === "") return undefined;
  return line.length > 200 ? `${line.slice(0, 200).replace(/\S*$/, "").trimEnd()} …` : line;
}
