/** The settings of lost reasons: a short list, renamed and added to in place. */
import type { LostReason } from "../db/lost_reasons.ts";
import { path } from "./path.ts";
import { SettingsHead, SettingsTabs } from "./settings.tsx";
import { Button, PostButton } from "./ui/button.tsx";
import { TextField } from "./ui/field.tsx";
import { Form, type FormState } from "./ui/form.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

interface Props {
  view: View;
  reasons: readonly LostReason[];
  /** The form that renames a reason. */
  formOf: (reason: LostReason) => FormState;
  /** The form of a new reason. */
  fresh: FormState;
}

/** The name of a reason's field: each has its own, so that labels and faults find it. */
export const fieldOf = (id: string) => `names.${id.replaceAll("-", "")}`;

/** The page. */
export const LostReasonIndex = ({ view, reasons, formOf, fresh }: Props) => {
  const { t } = view;
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
              <Rename view={view} reason={reason} form={formOf(reason)} />
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
  { view, reason, form }: { view: View; reason: LostReason; form: FormState },
) => {
  const name = fieldOf(reason.id);
  return (
    <Form view={view} form={form} action={path`/settings/lost-reasons/${reason.id}`}>
      <div class="inline-form">
        <TextField
          view={view}
          form={form}
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
