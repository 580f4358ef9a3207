/** Corrections of misread rights on a case's page: small forms, mostly with one button. */
import type { Right } from "../../db/letters.ts";
import type { CaseItem } from "../../db/case_items.ts";
import type { Case } from "../../db/cases.ts";
import { path } from "../path.ts";
import { Button, PostButton } from "../ui/button.tsx";
import { TextArea, TextField } from "../ui/field.tsx";
import { emptyForm, Form, FormActions, type FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import type { Desk } from "./desk.tsx";

interface Props {
  view: View;
  desk: Desk;
}

const optionsOf = ({ t }: View, some: readonly Right[]) =>
  some.map((value) => ({ value, label: t(`cases.right_${value}`) }));

/** Of a right that was recognised: not claimed, or another one is meant. */
export const ItemCorrection = (
  { view, desk, item, droppable, rights }: Props & {
    item: CaseItem;
    droppable: boolean;
    rights: readonly Right[];
  },
) => {
  const action = desk.base + path`/items/${item.id}/correction`;
  if (item.status === "dropped") {
    return (
      <PostButton
        view={view}
        action={desk.base + path`/${item.caseId}/items`}
        fields={{ right: item.right }}
        label={view.t("cases.right_again")}
        variant="quiet"
      />
    );
  }
  if (!droppable) return null;
  return <RecognitionForms view={view} action={action} of={item.right} rights={rights} />;
};

/** Strikes a right or puts another one in its place. */
export const RecognitionForms = (
  { view, action, of, rights }: {
    view: View;
    action: string;
    of: Right;
    rights: readonly Right[];
  },
) => (
  <details>
    <summary class="button button-quiet">{view.t("cases.correct")}</summary>
    <div class="corrections">
      <PostButton view={view} action={action} label={view.t("cases.right_drop")} />
      <RightForm
        view={view}
        action={action}
        name={`of-${action.split("/").at(-2)!.slice(-12)}`}
        label={view.t("cases.right_meant")}
        submit={view.t("cases.right_replace")}
        rights={rights.filter((right) => right !== of)}
      />
    </div>
  </details>
);

/** A choice of rights with its button. */
const RightForm = (
  { view, action, label, submit, rights, name }: {
    view: View;
    action: string;
    label: string;
    submit: string;
    rights: readonly Right[];
    /** Tells this form's field from that of another on the page. */
    name: string;
  },
) => (
  <form method="post" action={action} class="inline-form">
    <label for={`${name}-right`}>{label}</label>
    <select id={`${name}-right`} name="right" required>
      {optionsOf(view, rights).map(({ value, label }) => <option value={value}>{label}</option>)}
    </select>
    <Button view={view} label={submit} />
  </form>
);

/** Adds a right that was not recognised; a letter that claims nothing is closed with a reason. */
export const RightsPanel = (
  { view, desk, found, items, rights, form }: Props & {
    rights: readonly Right[];
    found: Case;
    items: readonly CaseItem[];
    form: FormState | null;
  },
) => {
  const { t } = view;
  const base = desk.base + path`/${found.id}`;
  const there = new Set(items.map(({ right }) => right));
  const missing = rights.filter((right) => !there.has(right));
  const nothingOpen = items.every(({ closedAt }) => closedAt !== null);
  return (
    <Panel title={t("cases.rights")} id="rights">
      {missing.length === 0 ? null : (
        <RightForm
          view={view}
          action={`${base}/items`}
          name="more"
          label={t("cases.right_missing")}
          submit={t("cases.right_add")}
          rights={missing}
        />
      )}
      {!nothingOpen ? null : (
        <details open={form !== null}>
          <summary class="button button-quiet">{t("cases.dismiss")}</summary>
          <Form
            view={view}
            form={form ?? emptyForm}
            action={`${base}/dismissal`}
            labels={{ reason: t("cases.dismiss_reason") }}
          >
            <TextArea
              view={view}
              form={form ?? emptyForm}
              name="reason"
              label={t("cases.dismiss_reason")}
              hint={t("cases.dismiss_hint")}
              rows={2}
              required
            />
            <FormActions>
              <Button view={view} label={t("cases.dismiss_submit")} />
            </FormActions>
          </Form>
        </details>
      )}
    </Panel>
  );
};

/** Links the case to an earlier one of the person, or takes the link away. */
export const LinkForm = (
  { view, desk, found, form }: Props & { found: Case; form: FormState | null },
) => {
  const { t } = view;
  const action = desk.base + path`/${found.id}/duplicate`;
  return (
    <>
      {found.duplicateOf
        ? (
          <PostButton
            view={view}
            action={action}
            fields={{ number: "" }}
            label={t("cases.unlink")}
            variant="quiet"
          />
        )
        : null}
      <Form
        view={view}
        form={form ?? emptyForm}
        action={action}
        labels={{ number: t("cases.link_number") }}
      >
        <TextField
          view={view}
          form={form ?? emptyForm}
          name="number"
          label={t("cases.link_number")}
          maxlength={20}
          size="s"
        />
        <FormActions>
          <Button view={view} label={t("cases.link")} />
        </FormActions>
      </Form>
    </>
  );
};
