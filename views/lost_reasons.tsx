/** The settings of lost reasons: a short list, renamed and added to in place. */
import type { LostReason } from "../db/lost_reasons.ts";
import { path } from "./path.ts";
import { SettingsHead, SettingsTabs } from "./settings.tsx";
import { Button, PostButton } from "./ui/button.tsx";
import { TextField } from "./ui/field.tsx";
import { emptyForm, Form, type FormState } from "./ui/form.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

interface Props {
  view: View;
  reasons: readonly LostReason[];
  /** The form that was refused, if one was: of a reason by its id, or of the new one. */
  refused: { id: string | null; form: FormState } | null;
}

/** The name of a reason's field: each has its own, so that labels and faults find it. */
export const fieldOf = (id: string) => `names.${id.replaceAll("-", "")}`;

/** The page. */
export const LostReasonIndex = ({ view, reasons, refused }: Props) => {
  const { t } = view;
  const fresh = refused?.id === null ? refused.form : emptyForm;
  return (
    <>
      <SettingsHead view={view} title={t("pipelines.reasons")} />
      <SettingsTabs view={view} current="lost_reasons" />
      <p>{t("pipelines.reasons_text")}</p>
      <DataTable
        view={view}
        caption={t("pipelines.reasons")}
        columns={[
          {
            key: "name",
            header: t("common.name"),
            cell: (reason: LostReason) => (
              <Rename
                view={view}
                reason={reason}
                form={refused?.id === reason.id ? refused.form : null}
              />
            ),
          },
          {
            key: "remove",
            header: t("common.actions"),
            cell: ({ id, name }) => (
              <PostButton
                view={view}
                action={path`/settings/lost-reasons/${id}/deletion`}
                label={`${t("pipelines.reason_remove")}: ${name}`}
                icon="trash-2"
                iconOnly
                variant="quiet"
              />
            ),
          },
        ]}
        rows={reasons}
      />
      <Form
        view={view}
        form={fresh}
        action="/settings/lost-reasons"
        labels={{ name: t("pipelines.reason_new") }}
      >
        <div class="inline-form">
          <TextField
            view={view}
            form={fresh}
            name="name"
            label={t("pipelines.reason_new")}
            maxlength={60}
          />
          <Button view={view} label={t("common.create")} icon="plus" />
        </div>
      </Form>
    </>
  );
};

const Rename = (
  { view, reason, form }: { view: View; reason: LostReason; form: FormState | null },
) => {
  const name = fieldOf(reason.id);
  const state: FormState = form ?? { values: { [name]: reason.name }, errors: {} };
  return (
    <Form view={view} form={state} action={path`/settings/lost-reasons/${reason.id}`}>
      <div class="inline-form">
        <TextField
          view={view}
          form={state}
          name={name}
          label={view.t("common.name")}
          hideLabel
          maxlength={60}
        />
        <Button view={view} label={view.t("tags.rename")} variant="quiet" />
      </div>
    </Form>
  );
};
