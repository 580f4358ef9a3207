/** One right of a case: its status, and the form for the next step. */
import type { Child } from "hono/jsx";
import type { CaseItem } from "../../db/case_items.ts";
import type { Action } from "../../db/case_statuses.ts";
import type { Right } from "../../db/letters.ts";
import { path } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { FieldRow, HiddenField, Select, TextArea, TextField } from "../ui/field.tsx";
import { emptyForm, Form, FormActions, type FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { ItemCorrection } from "./corrections.tsx";
import type { Desk } from "./desk.tsx";

const grounds = [
  "no_match",
  "insuf_verification",
  "claim_not_covered",
  "outside_jurisdiction",
  "too_many_requests",
  "suspected_fraud",
  "other",
] as const;

/** The prefix of an item's field names: a page has several of these forms. */
export const itemPrefix = (id: string) => `item_${id.slice(-12)}`;

interface Props {
  view: View;
  desk: Desk;
  item: CaseItem & { actions: readonly Action[]; droppable: boolean };
  rights: readonly Right[];
  /** With faults; null while nothing was sent. */
  form: FormState | null;
}

/** The right, its state, and what can be decided. */
export const ItemPanel = (
  { view, desk, item, rights, form, children }: Props & { children?: Child },
) => {
  const { t } = view;
  return (
    <Panel
      title={t(`cases.right_${item.right}`)}
      id={`item-${item.id}`}
      actions={
        <Badge
          label={t(`cases.status_${item.status}`)}
          tone={item.closedAt ? "ok" : item.status === "approval" ? "warn" : "neutral"}
        />
      }
    >
      <DescriptionList
        items={[
          [t("cases.sentence"), item.sentence === "" ? null : <q>{item.sentence}</q>],
          [t("cases.proposal"), item.proposal && t(`cases.proposal_${item.proposal}`)],
          [t("cases.ground"), item.ground && t(`cases.ground_${item.ground}`)],
          [t("cases.paragraph"), item.paragraph],
          [t("cases.reason"), item.reason],
        ]}
      />
      {children}
      <div class="actions">
        {item.actions.length === 0 ? null : (
          <details open={form !== null}>
            <summary class="button button-plain">{t("cases.decide")}</summary>
            <DecisionForm view={view} desk={desk} item={item} form={form ?? emptyForm} />
          </details>
        )}
        <ItemCorrection
          view={view}
          desk={desk}
          item={item}
          droppable={item.droppable}
          rights={rights}
        />
      </div>
    </Panel>
  );
};

const DecisionForm = (
  { view, desk, item, form }: Omit<Props, "rights" | "form"> & { form: FormState },
) => {
  const { t } = view;
  const labels = {
    action: t("cases.action"),
    reason: t("cases.reason"),
    paragraph: t("cases.paragraph"),
    ground: t("cases.ground"),
  };
  const prefix = itemPrefix(item.id);
  const field = (name: keyof typeof labels) => ({
    view,
    form,
    name: `${prefix}.${name}`,
    label: labels[name],
  });
  return (
    <Form
      view={view}
      form={form}
      action={desk.base + path`/items/${item.id}/decision`}
      labels={Object.fromEntries(
        Object.entries(labels).map(([name, label]) => [`${prefix}.${name}`, label]),
      )}
    >
      <HiddenField name="version" value={String(item.version)} />
      <Select
        {...field("action")}
        empty={t("cases.action_choose")}
        options={item.actions.map((value) => ({
          value,
          label: t(
            value === "approve" && item.proposal
              ? `cases.second_${item.proposal}`
              : `cases.action_${value}`,
          ),
        }))}
        required
      />
      <TextArea {...field("reason")} hint={t("cases.reason_hint")} rows={3} />
      <FieldRow>
        <Select
          {...field("ground")}
          empty={t("cases.ground_none")}
          options={grounds.map((value) => ({ value, label: t(`cases.ground_${value}`) }))}
        />
        <TextField {...field("paragraph")} hint={t("cases.paragraph_hint")} maxlength={200} />
      </FieldRow>
      <FormActions>
        <Button view={view} label={t("cases.decide_submit")} variant="primary" />
      </FormActions>
    </Form>
  );
};
