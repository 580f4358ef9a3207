/** The settings of one form: its address, its fields, its texts in both languages. */
import type { Owner } from "../../db/choices.ts";
import type { CustomField } from "../../db/custom_fields.ts";
import type { WebFormField } from "../../db/web_forms.ts";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import {
  Checkbox,
  CheckboxGroup,
  Fieldset,
  HiddenField,
  Select,
  TextArea,
  TextField,
  UrlField,
} from "../ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { CustomFields } from "./custom_fields.tsx";

interface Props {
  view: View;
  form: FormState;
  /** Null for a new one. */
  stored: { id: string; name: string } | null;
  offered: readonly WebFormField[];
  /** The custom fields that it may ask for, and how many of them at most. */
  own: { fields: readonly CustomField[]; most: number };
  owners: readonly Owner[];
  /** The address of the tenant's forms, without its last part. */
  address: string;
  removal: string | null;
  /** Entries without work that are taken in an hour. */
  bareEntries: number;
}

export const WebFormForm = (props: Props) => {
  const { view, form, stored, offered, owners, address, removal, bareEntries } = props;
  const { t } = view;
  const { own, all: labels } = labelsOf(view);
  const slug = valueOf(form, "slug");
  return (
    <>
      <PageHeader
        view={view}
        title={t(stored ? "web_forms.edit" : "web_forms.new")}
        sub={stored && slug
          ? <a href={address + slug} data-hx-boost="false">{address + slug}</a>
          : undefined}
        crumbs={[{ href: "/settings/forms", label: t("web_forms.title") }]}
      />
      <Form view={view} form={form} labels={spokenOf(view, labels)}>
        {stored
          ? <HiddenField name="version" value={valueOf(form, "version")} />
          : <HiddenField name="id" value={valueOf(form, "id")} />}
        <TextField
          view={view}
          form={form}
          name="name"
          label={own.name}
          hint={t("web_forms.name_hint")}
          maxlength={120}
          required
          size="l"
        />
        <TextField
          view={view}
          form={form}
          name="slug"
          label={own.slug}
          hint={t("web_forms.slug_hint", { address })}
          maxlength={60}
          required
          size="l"
        />
        <Checkbox view={view} form={form} name="active" label={own.active} />
        <CheckboxGroup
          view={view}
          form={form}
          name="fields"
          label={own.fields}
          hint={t("web_forms.fields_hint")}
          options={offered.map((value) => ({ value, label: t(`web_forms.field_${value}`) }))}
        />
        <CustomFields view={view} form={form} {...props.own} />
        <Select
          view={view}
          form={form}
          name="ownerId"
          label={own.ownerId}
          hint={t("web_forms.owner_hint")}
          empty={t("web_forms.nobody")}
          options={owners.map(({ id, name }) => ({ value: id, label: name }))}
          size="m"
        />
        <TextField
          view={view}
          form={form}
          name="tag"
          label={own.tag}
          hint={t("web_forms.tag_hint")}
          maxlength={60}
          size="m"
        />
        <Checkbox
          view={view}
          form={form}
          name="work"
          label={own.work}
          hint={t("web_forms.work_hint", { most: bareEntries })}
        />
        {(["de", "en"] as const).map((language) => (
          <Fieldset legend={t(`web_forms.texts_${language}`)} hint={t("web_forms.texts_hint")}>
            <TextField
              view={view}
              form={form}
              name={`${language}.title`}
              label={labels[`${language}.title`]!}
              maxlength={120}
              required
              size="l"
            />
            <TextArea
              view={view}
              form={form}
              name={`${language}.intro`}
              label={labels[`${language}.intro`]!}
              rows={3}
            />
            <TextArea
              view={view}
              form={form}
              name={`${language}.consent`}
              label={labels[`${language}.consent`]!}
              hint={t("web_forms.consent_hint")}
              rows={3}
            />
            <UrlField
              view={view}
              form={form}
              name={`${language}.privacyUrl`}
              label={labels[`${language}.privacyUrl`]!}
              placeholder="https://"
              size="l"
            />
          </Fieldset>
        ))}
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
          <LinkButton
            view={view}
            href="/settings/forms"
            label={t("common.cancel")}
            variant="quiet"
          />
        </FormActions>
      </Form>
      {removal
        ? (
          <Panel title={t("web_forms.end")} id="end">
            <p>{t("web_forms.end_text")}</p>
            <PostButton
              view={view}
              action={removal}
              label={t("web_forms.remove")}
              variant="danger"
            />
          </Panel>
        )
        : null}
    </>
  );
};

function labelsOf({ t }: View) {
  const texts = (["de", "en"] as const).flatMap((language) =>
    (["title", "intro", "consent", "privacyUrl"] as const).map((name) =>
      [
        `${language}.${name}`,
        t(`web_forms.text_${name}`),
      ] as const
    )
  );
  const own = {
    name: t("common.name"),
    slug: t("web_forms.slug"),
    active: t("web_forms.active"),
    work: t("web_forms.work"),
    fields: t("web_forms.fields"),
    ownerId: t("web_forms.owner"),
    tag: t("web_forms.tag"),
  };
  const rows = { "own.fieldId": t("web_forms.own"), "own.required": t("web_forms.own") };
  const all: Record<string, string> = { ...own, ...rows, ...Object.fromEntries(texts) };
  return { own, all };
}

/** The same in a summary of faults, where fields of both languages stand side by side. */
const spokenOf = ({ t }: View, labels: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(labels).map(([name, label]) => {
      const language = (["de", "en"] as const).find((each) => name.startsWith(`${each}.`));
      return [name, language ? `${label} (${t(`layout.language_${language}`)})` : label];
    }),
  );
