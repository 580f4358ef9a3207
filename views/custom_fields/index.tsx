/** A tenant's custom fields in its settings, and the register required by data protection law. */
import type { CustomColumn } from "../../db/custom_columns.ts";
import type { CustomField } from "../../db/custom_fields.ts";
import type { Kind } from "../../db/record_kinds.ts";
import { path, query } from "../path.ts";
import { labelOf } from "../records/custom.tsx";
import { SettingsHead, SettingsTabs } from "../settings.tsx";
import { LinkButton, PostButton } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";

const kinds: readonly Kind[] = ["contact", "company", "deal"];

/** The page. */
export const FieldIndex = (
  { view, fields }: { view: View; fields: readonly CustomField[] },
) => {
  const { t } = view;
  return (
    <>
      <SettingsHead view={view} title={t("custom_fields.title")} />
      <SettingsTabs view={view} current="fields" />
      <p>{t("custom_fields.intro")}</p>
      <p class="hint">{t("custom_fields.special")}</p>
      {kinds.map((kind) => (
        <Panel
          title={t(`custom_fields.of_${kind}`)}
          id={`of-${kind}`}
          actions={
            <LinkButton
              view={view}
              href={query("/settings/fields/new", { record: kind })}
              label={t("custom_fields.new")}
              icon="plus"
              variant="quiet"
            />
          }
        >
          <Fields
            view={view}
            caption={t(`custom_fields.of_${kind}`)}
            fields={fields.filter(({ recordKind }) => recordKind === kind)}
          />
        </Panel>
      ))}
      {fields.length === 0 ? null : (
        <Panel title={t("custom_fields.records")} id="records">
          <p>
            {t("custom_fields.records_text")}{" "}
            <a href="/settings/fields/records.csv" download>{t("custom_fields.records_file")}</a>
          </p>
        </Panel>
      )}
    </>
  );
};

const Fields = (
  { view, caption, fields }: { view: View; caption: string; fields: readonly CustomField[] },
) => {
  const { t, locale } = view;
  if (fields.length === 0) return <p>{t("custom_fields.empty")}</p>;
  return (
    <DataTable
      view={view}
      caption={caption}
      columns={[
        {
          key: "label",
          header: t("custom_fields.label_de"),
          cell: (field: CustomField) => labelOf(field, locale),
        },
        {
          key: "kind",
          header: t("custom_fields.kind"),
          cell: ({ kind }) => t(`custom_fields.kind_${kind}`),
        },
        {
          key: "purpose",
          header: t("custom_fields.purpose"),
          priority: 2,
          cell: ({ purpose }) => t(`contacts.purpose_${purpose}`),
        },
        {
          key: "basis",
          header: t("custom_fields.legal_basis"),
          priority: 3,
          cell: ({ legalBasis }) => t(`contacts.legal_basis_${legalBasis}`),
        },
        {
          key: "name",
          header: t("custom_fields.name"),
          priority: 3,
          cell: ({ name }) => <code>{name}</code>,
        },
        {
          key: "order",
          header: t("common.actions"),
          cell: (field) => <Moves view={view} field={field} fields={fields} />,
        },
      ]}
      rows={fields}
      href={({ id }) => path`/settings/fields/${id}`}
    />
  );
};

const Moves = (
  { view, field, fields }: { view: View; field: CustomField; fields: readonly CustomField[] },
) => {
  const at = fields.findIndex(({ id }) => id === field.id);
  const move = (by: "-1" | "1", name: "up" | "down") => (
    <PostButton
      view={view}
      action={path`/settings/fields/${field.id}/position`}
      fields={{ by }}
      label={`${view.t(`custom_fields.${name}`)}: ${labelOf(field, view.locale)}`}
      icon={by === "1" ? "arrow-down" : "arrow-up"}
      iconOnly
      variant="quiet"
    />
  );
  return (
    <>
      {at > 0 ? move("-1", "up") : null}
      {at < fields.length - 1 ? move("1", "down") : null}
    </>
  );
};

/** The headings of the register. */
export const registerHead = ({ t }: View): string[] => [
  t("custom_fields.record_kind"),
  t("custom_fields.label_de"),
  t("custom_fields.category"),
  t("custom_fields.purpose"),
  t("custom_fields.legal_basis"),
  t("custom_fields.period"),
  t("custom_fields.access"),
  t("custom_fields.portable"),
  t("custom_fields.erased"),
];

/** A field in the register: what the personal-data map says of it as of any column. */
export function registerRow(
  { t, locale }: View,
  field: CustomField,
  column: CustomColumn,
): string[] {
  const said = (is: boolean) => t(is ? "custom_fields.yes" : "custom_fields.no");
  return [
    t(`custom_fields.record_${field.recordKind}`),
    labelOf(field, locale),
    t(`personal_data.category_${column.category}`),
    t(`contacts.purpose_${column.tenantPurpose}`),
    t(`contacts.legal_basis_${column.tenantBasis}`),
    t("custom_fields.period_record"),
    said(column.inAccessExport !== false),
    said(column.inPortabilityExport),
    t("custom_fields.erased_record"),
  ];
}
