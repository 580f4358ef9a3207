/** The public form for exercising one's rights: no account, no script, no cookie. */
import type { Controller } from "../../db/controllers.ts";
import type { Right } from "../../db/letters.ts";
import { Button } from "../ui/button.tsx";
import { CheckboxGroup, EmailField, HiddenField, TextArea, TextField } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  form: FormState;
  controller: Controller;
  rights: readonly Right[];
}

/** The words beside the fields. */
const requestLabels = ({ t }: View) => ({
  rights: t("requests.rights"),
  name: t("requests.name"),
  email: t("requests.email"),
  address: t("requests.address"),
  text: t("requests.text"),
});

/** A right in plain words, with what it brings. */
const rightOptions = ({ t }: View, rights: readonly Right[]) =>
  rights.map((right) => ({
    value: right,
    label: t(`requests.right_${right}`),
    hint: t(`requests.right_${right}_hint`),
  }));

/** The form. */
export const RequestForm = ({ view, form, controller, rights }: Props) => {
  const { t } = view;
  const labels = requestLabels(view);
  return (
    <>
      <PageHeader
        view={view}
        title={t("requests.new_title")}
        sub={t("requests.new_sub", { controller: controller.name })}
      />
      <Letterhead view={view} controller={controller} />
      <p>{t("requests.new_text")}</p>
      <Form view={view} form={form} labels={labels} boost={false}>
        <HiddenField name="id" value={String(form.values.id ?? "")} />
        <CheckboxGroup
          view={view}
          form={form}
          name="rights"
          label={labels.rights}
          options={rightOptions(view, rights)}
          explained
          required
        />
        <TextField
          view={view}
          form={form}
          name="name"
          label={labels.name}
          autocomplete="name"
          maxlength={200}
          required
          size="l"
        />
        <EmailField
          view={view}
          form={form}
          name="email"
          label={labels.email}
          hint={t("requests.email_hint")}
          autocomplete="email"
          required
        />
        <TextArea
          view={view}
          form={form}
          name="address"
          label={labels.address}
          hint={t("requests.address_hint")}
          autocomplete="street-address"
          rows={2}
          size="l"
        />
        <TextArea
          view={view}
          form={form}
          name="text"
          label={labels.text}
          hint={t("requests.text_hint")}
          rows={6}
        />
        <FormActions>
          <Button view={view} label={t("requests.submit")} variant="primary" />
          <a href="/privacy">{t("layout.privacy")}</a>
        </FormActions>
      </Form>
      <p class="hint">{t("requests.notice")}</p>
    </>
  );
};

/** Who is asked, as on paper; nothing where nobody said it. */
export const Letterhead = ({ view, controller }: { view: View; controller: Controller }) => {
  const { street, postalCode, city, phone, email } = controller;
  const lines = [
    controller.name,
    street,
    `${postalCode} ${city}`.trim(),
    phone === "" ? "" : view.format.phone(phone),
    email,
  ].filter((each) => each !== "");
  return lines.length < 2 ? null : (
    <address class="letterhead">
      {lines.map((each, index) => (
        <>
          {index > 0 ? <br /> : null}
          {each}
        </>
      ))}
    </address>
  );
};
