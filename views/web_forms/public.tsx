/** What visitors see of a form: the form, that a mail is on its way, and the confirmation. */
import type { CustomField } from "../../db/custom_fields.ts";
import type { Controller } from "../../db/controllers.ts";
import type { WebForm } from "../../db/web_forms.ts";
import type { Locale } from "../i18n/translate.ts";
import { path } from "../path.ts";
import { Control, customLabels, helpOf, labelOf } from "../records/custom.tsx";
import { Letterhead } from "../requests/form.tsx";
import { Button } from "../ui/button.tsx";
import {
  Checkbox,
  EmailField,
  HiddenField,
  PhoneField,
  TextArea,
  TextField,
} from "../ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  form: FormState;
  webForm: WebForm;
  /** The custom fields that it asks for, each as it is asked. */
  own: readonly CustomField[];
  controller: Controller;
  /** Zero bits of the work that the form asks for; null where it asks for none. */
  work: number | null;
}

export const PublicForm = ({ view, form, webForm, own, controller, work }: Props) => {
  const { t, locale } = view;
  const words = webForm.texts[locale];
  const asks = (name: WebForm["fields"][number]) => webForm.fields.includes(name);
  const labels = {
    firstName: t("web_forms.field_firstName"),
    lastName: t("web_forms.field_lastName"),
    email: t("web_forms.field_email"),
    phone: t("web_forms.field_phone"),
    company: t("web_forms.field_company"),
    message: t("web_forms.field_message"),
    consent: t("web_forms.consent"),
    ...customLabels(view, own),
  };
  const shared = { view, form, size: "l" } as const;
  return (
    <>
      <PageHeader view={view} title={words.title} sub={controller.name} />
      {words.intro.split(/\n+/).filter(Boolean).map((line) => <p>{line}</p>)}
      <Form view={view} form={form} labels={labels} boost={false}>
        <HiddenField name="issued" value={valueOf(form, "issued")} />
        <Trap view={view} />
        {work === null ? null : <input type="hidden" name="work" value="" data-work={work} />}
        {asks("firstName")
          ? (
            <TextField
              {...shared}
              name="firstName"
              label={labels.firstName}
              autocomplete="given-name"
              maxlength={100}
            />
          )
          : null}
        <TextField
          {...shared}
          name="lastName"
          label={labels.lastName}
          autocomplete="family-name"
          maxlength={100}
          required
        />
        <EmailField
          {...shared}
          name="email"
          label={labels.email}
          hint={t("web_forms.email_hint")}
          autocomplete="email"
          required
        />
        {asks("phone")
          ? <PhoneField {...shared} name="phone" label={labels.phone} autocomplete="tel" />
          : null}
        {asks("company")
          ? (
            <TextField
              {...shared}
              name="company"
              label={labels.company}
              autocomplete="organization"
              maxlength={200}
            />
          )
          : null}
        {own.map((field) => (
          <Control
            view={view}
            form={form}
            field={field}
            hint={[
              helpOf(field, locale),
              field.legalBasis === "consent" ? t("web_forms.own_with_consent") : "",
            ].filter(Boolean).join(" ")}
          />
        ))}
        {asks("message")
          ? (
            <TextArea
              view={view}
              form={form}
              name="message"
              label={labels.message}
              rows={6}
            />
          )
          : null}
        {words.consent
          ? (
            <Checkbox
              view={view}
              form={form}
              name="consent"
              label={words.consent}
              hint={t("web_forms.consent_free")}
            />
          )
          : null}
        <FormActions>
          <Button view={view} label={t("web_forms.submit")} variant="primary" />
        </FormActions>
        {work === null ? null : (
          <>
            <p class="hint" role="status" data-work-note hidden>{t("web_forms.working")}</p>
            <script defer src={view.asset("js/works.js")}></script>
          </>
        )}
      </Form>
      <Notice13 view={view} webForm={webForm} own={own} controller={controller} />
    </>
  );
};

/** A field that people neither see nor reach by key. */
const Trap = ({ view }: { view: View }) => (
  <div class="visually-hidden" aria-hidden="true">
    <label for="f-homepage">{view.t("web_forms.trap")}</label>
    <input
      id="f-homepage"
      name="homepage"
      type="text"
      value=""
      tabindex={-1}
      autocomplete="off"
    />
  </div>
);

/** What Art. 13 GDPR requires to be said before anything is entered. */
const Notice13 = (
  { view, webForm, own, controller }: Pick<Props, "view" | "webForm" | "own" | "controller">,
) => {
  const { t, locale } = view;
  const { privacyUrl, consent } = webForm.texts[locale];
  return (
    <section class="panel" id="privacy">
      <h2>{t("web_forms.notice")}</h2>
      <p>{t("web_forms.notice_who", { controller: controller.name })}</p>
      <Letterhead view={view} controller={controller} />
      <p>
        {t("web_forms.notice_why")} {t("web_forms.notice_needed", {
          fields: listOf(locale, [
            t("web_forms.field_lastName"),
            t("web_forms.field_email"),
            ...own.filter(({ required }) => required).map((field) => labelOf(field, locale)),
          ]),
        })}
      </p>
      <OwnPurposes view={view} own={own} />
      {consent ? <p>{t("web_forms.notice_consent")}</p> : null}
      <p>{t("web_forms.notice_where", { controller: controller.name })}</p>
      <p>
        {t("web_forms.notice_rights")}{" "}
        <a href={path`/p/${controller.slug ?? ""}/requests/new`}>{t("web_forms.notice_claim")}</a>
        {privacyUrl
          ? (
            <>
              {" · "}
              <a href={privacyUrl} rel="noopener noreferrer external">
                {t("web_forms.notice_policy")}
              </a>
            </>
          )
          : null}
      </p>
    </section>
  );
};

/** The purpose and legal basis of each custom field, as the tenant defined them. */
const OwnPurposes = ({ view, own }: Pick<Props, "view" | "own">) => {
  const { t, locale } = view;
  const groups = Map.groupBy(own, ({ purpose, legalBasis }) => `${purpose} ${legalBasis}`);
  return own.length === 0 ? null : (
    <>
      <p>{t("web_forms.notice_own")}</p>
      <ul class="bullets">
        {[...groups.values()].map((fields) => (
          <li>
            {t("web_forms.notice_own_line", {
              fields: listOf(locale, fields.map((field) => labelOf(field, locale))),
              purpose: t(`contacts.purpose_${fields[0]!.purpose}`),
              basis: t(`contacts.legal_basis_${fields[0]!.legalBasis}`),
            })}
          </li>
        ))}
      </ul>
    </>
  );
};

const listOf = (locale: Locale, words: readonly string[]) =>
  new Intl.ListFormat(locale === "en" ? "en-GB" : "de-DE", { type: "conjunction" }).format(words);

/** The same for everybody, no matter whose address it is. */
export const EntrySent = ({ view }: { view: View }) => (
  <>
    <PageHeader view={view} title={view.t("web_forms.sent_title")} />
    <p>{view.t("web_forms.sent_text")}</p>
    <p class="hint">{view.t("web_forms.sent_hint")}</p>
  </>
);

/** What the page behind the link of the mail is called: what is still to be done, or what is done. */
export const confirmationTitle = (entry: { confirmedAt: Date | null } | null) =>
  entry?.confirmedAt ? "web_forms.confirmed_title" : "web_forms.confirm_title";

/** The page behind the link of the mail. */
export const EntryConfirmation = (
  { view, entry }: {
    view: View;
    entry: { confirmedAt: Date | null; consent: string; controller: string } | null;
  },
) => {
  const { t } = view;
  if (!entry) {
    return (
      <>
        <PageHeader view={view} title={t("web_forms.confirm_title")} />
        <p>{t("web_forms.confirm_gone")}</p>
      </>
    );
  }
  return (
    <>
      <PageHeader view={view} title={t(confirmationTitle(entry))} sub={entry.controller} />
      {entry.confirmedAt ? <p>{t("web_forms.confirmed")}</p> : (
        <>
          <p>{t("web_forms.confirm_text", { controller: entry.controller })}</p>
          {entry.consent === ""
            ? null
            : <p>{t("web_forms.confirm_consent", { consent: entry.consent })}</p>}
          <Form view={view} form={{ values: {}, errors: {} }} boost={false}>
            <FormActions>
              <Button view={view} label={t("web_forms.confirm")} variant="primary" />
            </FormActions>
          </Form>
        </>
      )}
    </>
  );
};
