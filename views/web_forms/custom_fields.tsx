/** The custom fields a form asks for: rows in their order, each with whether it is required. */
import type { CustomField } from "../../db/custom_fields.ts";
import { labelOf } from "../records/custom.tsx";
import { Checkbox, Select } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import type { FormState } from "../ui/form.tsx";
import { Rows } from "../ui/rows.tsx";
import type { View } from "../view.ts";

/** The rows; nothing while the tenant has no field that strangers can answer. */
export const CustomFields = (
  { view, form, fields, most }: {
    view: View;
    form: FormState;
    fields: readonly CustomField[];
    most: number;
  },
) => {
  const { t, locale } = view;
  if (fields.length === 0) return null;
  const options = fields.map((field) => ({
    value: field.id,
    label: `${labelOf(field, locale)} (${t(`custom_fields.kind_${field.kind}`)}${
      field.legalBasis === "consent" ? `, ${t("web_forms.own_consent_short")}` : ""
    })`,
  }));
  const left = form.values["de.consent"]
    ? []
    : fields.filter(({ id, legalBasis }) =>
      legalBasis === "consent" &&
      Object.entries(form.values).some(([name, value]) =>
        /^own\.\d+\.fieldId$/.test(name) && value === id
      )
    );
  return (
    <>
      {left.length === 0 ? null : (
        <Notice
          view={view}
          kind="warn"
          text={t("web_forms.own_left", {
            fields: left.map((field) => labelOf(field, locale)).join(", "),
          })}
        />
      )}
      <Rows
        view={view}
        form={form}
        group="own"
        legend={t("web_forms.own")}
        addLabel={t("web_forms.own_add")}
        removeLabel={t("web_forms.own_remove")}
        moves={{ up: t("custom_fields.up"), down: t("custom_fields.down") }}
        most={most}
        row={(prefix, fresh) => (
          <>
            <Select
              view={view}
              form={form}
              name={`${prefix}.fieldId`}
              label={t("web_forms.own_field")}
              empty={t("custom_fields.choose")}
              options={options}
              size="l"
              autofocus={fresh}
            />
            <Checkbox
              view={view}
              form={form}
              name={`${prefix}.required`}
              label={t("custom_fields.required")}
            />
          </>
        )}
      />
      <p class="hint">{t("web_forms.own_hint")}</p>
    </>
  );
};
