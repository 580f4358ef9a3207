/** What a right of rectification is to change: noted with its proof, written once approved. */
import type { CaseItem } from "../../db/case_items.ts";
import type { Field } from "../../db/rectification_fields.ts";
import type { Proposed, Standing } from "../../db/rectifications.ts";
import { path } from "../path.ts";
import { Button, PostButton } from "../ui/button.tsx";
import { HiddenField, Select, TextArea } from "../ui/field.tsx";
import { emptyForm, Form, FormActions, type FormState } from "../ui/form.tsx";
import { Notice } from "../ui/flash.tsx";
import type { View } from "../view.ts";
import type { Desk } from "./desk.tsx";

interface Props {
  view: View;
  desk: Desk;
  item: CaseItem;
  /** What was noted so far. */
  proposed: readonly Proposed[];
  /** The current values that may be changed; empty if nobody was found. */
  standing: readonly Standing[];
  /** A new id for the next change. */
  nextId: string;
  form: FormState | null;
}

/** How a choice of the form is written: contact, field and the value that is to go. */
const choiceOf = ({ contactId, field, value }: Standing): string =>
  `${contactId} ${field} ${value}`;

const name = ({ t }: View, field: Field, label?: string | null): string =>
  field.startsWith("custom.")
    ? label ?? t("custom_fields.gone")
    : field === "supplement"
    ? t("cases.rectify_supplement")
    : t(`access.field_${field.split(".")[1] as "last_name"}`);

/** The list of changes and the form for one more. */
export const Rectification = (props: Props) => {
  const { view, desk, item, proposed, standing, form } = props;
  const { t } = view;
  return (
    <section aria-label={t("cases.rectify")}>
      {item.status === "execution" && proposed.every(({ appliedAt }) => appliedAt)
        ? <Notice view={view} kind="warn" text={t("cases.rectify_waits")} />
        : proposed.length === 0 && <p>{t("cases.rectify_none")}</p>}
      {proposed.length > 0 && (
        <Changes
          view={view}
          proposed={proposed}
          removal={desk.base + path`/items/${item.id}/rectification/removal`}
        />
      )}
      {item.closedAt
        ? null
        : standing.length === 0
        ? <p>{t("cases.rectify_nobody")}</p>
        : <ChangeForm {...props} form={form ?? emptyForm} />}
    </section>
  );
};

/** What changes into what; with `removal` what is not written yet can be taken back there. */
const Changes = (
  { view, proposed, removal }: {
    view: View;
    proposed: readonly Proposed[];
    removal?: string;
  },
) => {
  const { t } = view;
  return (
    <ul class="bullets">
      {proposed.map((each) => (
        <li>
          {name(view, each.field, each.label)}: {each.field === "supplement" ? null : (
            <>
              <del>{each.oldValue || t("cases.rectify_empty")}</del> →{" "}
            </>
          )}
          <ins>{each.newValue || t("cases.rectify_empty")}</ins>
          {each.proof === "" ? null : ` (${each.proof})`}
          {each.appliedAt ? ` – ${t("cases.rectify_applied")}` : removal && (
            <PostButton
              view={view}
              variant="quiet"
              action={removal}
              fields={{ id: each.id }}
              label={t("cases.rectify_remove")}
            />
          )}
        </li>
      ))}
    </ul>
  );
};

/** The same for who approves it by a mail's link, with what to do where nothing is noted. */
export const ChangesToApprove = (
  { view, proposed }: { view: View; proposed: readonly Proposed[] },
) => (
  <section>
    <h2>{view.t("cases.rectify")}</h2>
    {proposed.length === 0
      ? <p>{view.t("officers.rectify_none")}</p>
      : <Changes view={view} proposed={proposed} />}
  </section>
);

const ChangeForm = (
  { view, desk, item, standing, nextId, form }: Props & { form: FormState },
) => {
  const { t } = view;
  const labels = {
    what: t("cases.rectify_what"),
    value: t("cases.rectify_value"),
    proof: t("cases.rectify_proof"),
  };
  const contacts = [...new Set(standing.map(({ contactId }) => contactId))];
  const supplements = contacts.map((contactId): Standing => ({
    contactId,
    field: "supplement",
    value: "",
  }));
  // If a person has two records, their contact details distinguish them.
  const markOf = (contactId: string): string => {
    if (contacts.length === 1) return "";
    const reach = standing.find((each) =>
      each.contactId === contactId && /^(?:emails|phones)\./.test(each.field) && each.value !== ""
    );
    return `${reach?.value ?? contacts.indexOf(contactId) + 1} – `;
  };
  const field = (which: keyof typeof labels) => ({
    view,
    form,
    name: which,
    label: labels[which],
  });
  return (
    <Form
      view={view}
      form={form}
      labels={labels}
      action={desk.base + path`/items/${item.id}/rectification`}
    >
      <HiddenField name="id" value={nextId} />
      <Select
        {...field("what")}
        empty={t("cases.action_choose")}
        options={contacts.flatMap((contactId) =>
          [...standing, ...supplements].filter((each) => each.contactId === contactId).map((
            each,
          ) => ({
            value: choiceOf(each),
            label: markOf(contactId) + (each.field === "supplement"
              ? name(view, each.field)
              : `${name(view, each.field, each.label)}: ${each.value || t("cases.rectify_empty")}`),
          }))
        )}
        required
      />
      <TextArea {...field("value")} rows={2} />
      <TextArea {...field("proof")} hint={t("cases.rectify_proof_hint")} rows={2} />
      <FormActions>
        <Button view={view} label={t("cases.rectify_add")} />
      </FormActions>
    </Form>
  );
};
