/** A record's history: who changed what, a page at a time. */
import type { Change, FieldChange } from "../../db/changes.ts";
import type { Owner } from "../../db/choices.ts";
import { birthdayWords } from "../contacts/names.ts";
import { isCalendarDay } from "../format.ts";
import { isMessageKey, type MessageKey } from "../i18n/translate.ts";
import { query } from "../path.ts";
import { HistoryList } from "../ui/history.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { languageName } from "./choices.ts";
import { figureText } from "./custom.tsx";
import type { Noun } from "./nouns.ts";

export interface History {
  changes: readonly Change[];
  /** The entry to go on from, or null. */
  next: string | null;
  /** Whether newer entries were left out. */
  paged: boolean;
}

/** Whose history it may be. */
type Subject = Noun | "activities";

interface Props {
  view: View;
  /** The catalogue of the record's own field names. */
  noun: Subject;
  history: History;
  owners: readonly Owner[];
  /** Words for further values by id, such as the names of lost reasons. */
  names?: Readonly<Record<string, string>>;
}

/** The panel with the entries and the way to older ones. */
export const HistoryPanel = ({ view, noun, history, owners, names = {} }: Props) => {
  const { t } = view;
  const here = view.path.split("?", 1)[0]!;
  return (
    <Panel title={t("history.title")} id="history">
      {history.changes.length === 0 ? <p>{t("history.empty")}</p> : (
        <HistoryList
          view={view}
          entries={history.changes.map((change) => ({
            at: change.at,
            who: who(view, change),
            what: actionWords(view, change.action),
            detail: changeDetail({ view, noun, owners, names, change }),
          }))}
        />
      )}
      <p>
        {history.next
          ? <a href={`${query(here, { history: history.next })}#history`}>{t("history.older")}</a>
          : null} {history.paged ? <a href={`${here}#history`}>{t("history.newest")}</a> : null}
      </p>
    </Panel>
  );
};

const who = ({ t }: View, change: Change) =>
  change.actorName ?? t(change.actorKind === "system" ? "history.system" : "history.unknown");

/** What was done, in words. */
export function actionWords({ t }: View, name: string): string {
  const key = `history.action_${name}`;
  return t(isMessageKey(key) ? key : "history.action_other");
}

/** The fields of a change with their values in words, and its reason. */
export function changeDetail(
  { view, noun, owners, names = {}, change }: Omit<Props, "history"> & {
    change: Pick<Change, "fields" | "reason">;
  },
): string | undefined {
  // The action says by itself that it was about a consent: only the values add to that.
  const told = change.fields.filter(({ name, to }) => name !== "consent" || to !== undefined);
  const words = told.map((field) => {
    const label = names[field.name] ?? fieldLabel(view, noun, field.name);
    // A job removes the values of a deleted field: until then nobody sees them.
    const isGone = isCustom(field.name) && !names[field.name];
    if (isGone || field.from === undefined && field.to === undefined) return label;
    const words = (value: FieldChange["from"]) =>
      isCustom(field.name)
        ? customWords(view, field.name, value, names)
        : names[`${value}`] ?? valueWords(view, noun, field.name, value, owners);
    // What is only named has no value before.
    if (field.from === undefined) return `${label}: ${words(field.to)}`;
    const [from, to] = [words(field.from), words(field.to)];
    return `${label}: ${from} → ${to}`;
  });
  if (change.reason) words.push(change.reason);
  return words.length > 0 ? words.join("; ") : undefined;
}

const isCustom = (name: string): boolean => name.startsWith("custom:");

/** What a custom field held: choices by their labels, one after the other. */
function customWords(
  view: View,
  name: string,
  value: FieldChange["from"],
  names: Readonly<Record<string, string>>,
): string {
  const { t, format } = view;
  if (value === null || value === undefined || value === "") return t("history.nothing");
  const kind = names[name.replace("custom:", "kind:")];
  if (kind === "number" || kind === "money") return figureText(view, kind, String(value));
  return String(value).split(", ").map((one) =>
    names[one] ?? (isCalendarDay(one) ? format.date(one) : one)
  ).join(", ");
}

/** Fields whose label has a key other than their name. */
const named: Record<string, MessageKey> = {
  "contacts.title": "contacts.titles",
  "deals.title": "deals.name",
  tags: "common.tags",
  custom: "custom_fields.title",
  consent: "consents.title",
  owner_id: "records.owner",
  notice_due_on: "contacts.notice",
  amount_cents: "deals.amount",
  currency: "deals.currency",
  expected_close_on: "deals.close",
  company_id: "contacts.company",
  parent_id: "companies.parent",
  external_uid: "import_targets.uid",
  lost_reason_id: "deals.lost_reason",
  mail_kind: "outgoing.purpose",
  offer_number: "offers.number",
  "deals.contacts": "deals.persons",
  "deals.source": "contacts.source",
};

/** The words for a field of a record by its column's name. */
export function fieldLabel({ t }: Pick<View, "t">, noun: Subject, name: string): string {
  if (isCustom(name)) return t("custom_fields.gone");
  const special = named[`${noun}.${name}`] ?? named[name];
  if (special) return t(special);
  const key = [`${noun}.${name}`, `records.${name}`, `${noun}.${name}s`].find(isMessageKey);
  return key && isMessageKey(key) ? t(key) : name;
}

/** A value of a record's field in words, by its column's name. */
export function valueWords(
  view: Pick<View, "t" | "format" | "locale">,
  noun: Props["noun"],
  name: string,
  value: FieldChange["from"],
  owners: readonly Owner[],
): string {
  const { t, format } = view;
  if (value === null || value === undefined || value === "") return t("history.nothing");
  if (name === "birthday") return birthdayWords(view, String(value));
  if (name === "amount_cents") return format.amount(Number(value));
  if (name.endsWith("_at")) return format.dateTime(String(value));
  if (name.endsWith("_on")) return format.date(String(value));
  if (name === "owner_id") {
    return owners.find(({ id }) => id === value)?.name ?? t("history.unknown");
  }
  if (name === "language" && /^[a-z]{2}$/.test(String(value))) {
    return languageName(view.locale, String(value));
  }
  const keys = name === "mail_kind"
    ? [`outgoing.kind_${value}`]
    : name === "consent"
    ? [`contacts.objection_${value}`]
    : [`records.${name}_${value}`, `${noun}.${name}_${value}`];
  const key = keys.find(isMessageKey);
  return key && isMessageKey(key) ? t(key) : String(value);
}
