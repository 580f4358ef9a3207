/** One case: its dates and why, the person, the rights one by one, every step. */
import type { Child } from "hono/jsx";
import type { CaseEvent } from "../../db/case_events.ts";
import type { CaseFile } from "../../db/case_files.ts";
import type { CaseItem } from "../../db/case_items.ts";
import type { Action } from "../../db/case_statuses.ts";
import type { Case } from "../../db/cases.ts";
import type { Right } from "../../db/letters.ts";
import type { PersonLetter } from "../../db/person_letters.ts";
import { isMessageKey } from "../i18n/translate.ts";
import { path } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { Button, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { TextArea } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { Notice } from "../ui/flash.tsx";
import { HistoryList } from "../ui/history.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Pager } from "../ui/pager.tsx";
import { Columns, Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { LinkForm, RightsPanel } from "./corrections.tsx";
import type { Desk } from "./desk.tsx";
import { urgency } from "./index.tsx";
import { type Effects, ItemEffects } from "./effects.tsx";
import { ItemPanel } from "./item.tsx";
import { PostPanel } from "./letters.tsx";

/** A step with the name of the person who took it, if known. */
export interface NamedEvent extends CaseEvent {
  actorName: string | null;
}

export interface CasePageProps {
  view: View;
  desk: Desk;
  found: Case;
  items: readonly (CaseItem & { actions: readonly Action[]; droppable: boolean })[];
  /** Every right there is. */
  rights: readonly Right[];
  files: readonly CaseFile[];
  letters: readonly PersonLetter[];
  events: readonly NamedEvent[];
  next: number | null;
  related: readonly { id: string; number: string; receivedOn: string }[];
  why: string;
  /** The cautious end of an extension, where it is earlier than the legal one. */
  cautiousOn: string | null;
  today: string;
  /** Whether an authority seems to have written: its own deadline counts, none of ours. */
  authority: boolean;
  noteForm: FormState;
  linkForm: FormState | null;
  dismissForm: FormState | null;
  /** The form of the item that was refused, with its faults. */
  itemForm: { id: string; form: FormState } | null;
  /** What other nouns have to say: who is meant, and what was certified. */
  parts: Child;
  effects: Effects;
  /** The form about an effect that was refused, with its faults. */
  effectForm: { id: string; form: FormState } | null;
}

/** The page. */
export const CasePage = (props: CasePageProps) => {
  const { view, desk, found, items, itemForm, effects, effectForm } = props;
  const { t } = view;
  const state = urgency({ ...found, paused: found.pausedAt !== null }, props.today);
  const open = found.status === "open";
  return (
    <>
      <PageHeader
        view={view}
        title={found.number}
        sub={found.personName}
        crumbs={[{ href: desk.base, label: t("cases.title") }]}
        marks={open && props.authority
          ? <Badge label={t("officers.letter_authority_mark")} tone="warn" />
          : open
          ? <Badge label={t(`cases.${state.key}`, { count: state.count })} tone={state.tone} />
          : <Badge label={t("cases.is_closed")} tone="ok" />}
      >
        {found.acknowledgedAt || props.letters.some(({ kind }) => kind === "receipt")
          ? null
          : (
            <PostButton
              view={view}
              action={desk.base + path`/${found.id}/acknowledgement`}
              label={t("cases.acknowledge")}
            />
          )}
      </PageHeader>
      <Columns aside={<Facts {...props} />}>
        {open && props.authority
          ? <Notice view={view} kind="warn" text={t("officers.letter_authority")} />
          : null}
        {props.parts}
        <PostPanel view={view} desk={desk} letters={props.letters} />
        {items.length === 0 ? <p>{t("cases.no_items")}</p> : null}
        {items.map((item) => (
          <ItemPanel
            view={view}
            desk={desk}
            item={item}
            rights={props.rights}
            form={itemForm?.id === item.id ? itemForm.form : null}
          >
            <ItemEffects
              view={view}
              desk={desk}
              item={item}
              effects={effects}
              form={effectForm?.id === item.id ? effectForm.form : null}
            />
          </ItemPanel>
        ))}
        {open
          ? (
            <RightsPanel
              view={view}
              desk={desk}
              found={found}
              items={items}
              rights={props.rights}
              form={props.dismissForm}
            />
          )
          : null}
        {found.body === "" ? null : (
          <Panel title={t("cases.text")}>
            <p class="letter-text">{found.body}</p>
          </Panel>
        )}
        {props.files.length === 0 ? null : (
          <Panel title={t("cases.files")}>
            <p class="hint">{t("cases.files_hint")}</p>
            <ul>
              {props.files.map(({ id, name, size }) => (
                <li>
                  <a href={desk.base + path`/files/${id}`} download>{name}</a>,{" "}
                  {view.format.bytes(size)}
                  <PostButton
                    view={view}
                    action={desk.base + path`/files/${id}/removal`}
                    label={t("cases.file_remove")}
                    variant="quiet"
                    icon="trash-2"
                  />
                </li>
              ))}
            </ul>
          </Panel>
        )}
        <Steps {...props} />
      </Columns>
    </>
  );
};

const Facts = (
  { view, desk, found, related, why, cautiousOn, authority, linkForm }: CasePageProps,
) => {
  const { t, format } = view;
  return (
    <>
      <Panel title={t("cases.dates")}>
        <DescriptionList
          items={[
            [t("cases.received_on"), format.date(found.receivedOn)],
            !authority && [t("cases.target_on"), format.date(found.targetOn)],
            !authority && [t("cases.unshifted_on"), format.date(found.unshiftedOn)],
            !authority && [t("cases.due_on"), format.date(found.dueOn)],
            [t("cases.cautious_on"), cautiousOn && format.date(cautiousOn)],
            [t("cases.paused_since"), found.pausedAt && format.date(found.pausedAt)],
            [t("cases.extension_reason"), found.extensionReason],
            [t("cases.erase_after"), found.eraseAfter && format.date(found.eraseAfter)],
          ]}
        />
        {authority ? null : <p class="hint">{why}</p>}
      </Panel>
      <Panel title={t("cases.person")}>
        <DescriptionList
          items={[
            [t("cases.person"), found.personName || t("cases.masked")],
            [t("cases.email"), found.personEmail],
            [t("cases.address"), found.personAddress.replace(/(?<!\s)\s*\n\s*/g, ", ")],
            [t("cases.channel"), t(`cases.channel_${found.channel}`)],
            [
              t("cases.confirmed_at"),
              found.confirmedAt ? format.dateTime(found.confirmedAt) : t("cases.not_yet"),
            ],
            [
              t("cases.acknowledged_at"),
              found.acknowledgedAt ? format.dateTime(found.acknowledgedAt) : t("cases.not_yet"),
            ],
          ]}
        />
      </Panel>
      <Panel title={t("cases.related")}>
        {related.length === 0 ? null : (
          <ul>
            {related.map(({ id, number, receivedOn }) => (
              <li>
                <a href={desk.base + path`/${id}`}>{number}</a>, {format.date(receivedOn)}
              </li>
            ))}
          </ul>
        )}
        <details open={linkForm !== null}>
          <summary class="button button-quiet">{t("cases.link_open")}</summary>
          <LinkForm view={view} desk={desk} found={found} form={linkForm} />
        </details>
      </Panel>
    </>
  );
};

/** The words for a step; one that has none yet says its own name. */
const word = ({ t }: View, key: string) =>
  isMessageKey(key) ? t(key) : key.replace(/^\w+\.\w+?_/, "");

/** Why, in words; who was confirmed is noted in numbers alone: records and mentions. */
const reasonOf = ({ t, format }: View, { action, reason }: CaseEvent): string => {
  if (action === "restriction_ends") return format.date(reason);
  const counts = action === "person_confirmed" ? /^(\d+) \+ (\d+)$/.exec(reason) : null;
  return counts ? t("cases.counts", { candidates: counts[1]!, hits: counts[2]! }) : reason;
};

const Steps = ({ view, desk, found, items, events, next, noteForm }: CasePageProps) => {
  const { t } = view;
  const rights = new Map(items.map(({ id, right }) => [id, t(`cases.right_${right}`)]));
  const base = desk.base + path`/${found.id}`;
  const what = ({ action, itemId, fromStatus, toStatus }: CaseEvent) =>
    [
      itemId === null ? "" : rights.get(itemId) ?? "",
      action === "moved" && fromStatus && toStatus
        ? `${word(view, `cases.status_${fromStatus}`)} → ${word(view, `cases.status_${toStatus}`)}`
        : word(view, `cases.action_${action}`),
    ].filter(Boolean).join(": ");
  return (
    <Panel title={t("cases.history")} id="history">
      <Form
        view={view}
        form={noteForm}
        action={`${base}/notes`}
        labels={{ text: t("cases.note") }}
      >
        <TextArea
          view={view}
          form={noteForm}
          name="text"
          label={t("cases.note")}
          rows={2}
        />
        <FormActions>
          <Button view={view} label={t("cases.note_add")} />
        </FormActions>
      </Form>
      <HistoryList
        view={view}
        entries={events.map((event) => ({
          at: event.at,
          who: event.actorName ?? t(`cases.actor_${event.actorKind}`),
          what: what(event),
          detail: event.reason === "" ? undefined : <p>{reasonOf(view, event)}</p>,
        }))}
      />
      <Pager
        view={view}
        previous={null}
        next={next === null ? null : `${base}?before=${next}#history`}
      />
    </Panel>
  );
};
