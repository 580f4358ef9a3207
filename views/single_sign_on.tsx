/** Pages on the way to a tenant's provider and back, and for the postmaster who confirms a domain. */
import type { Refusal } from "../db/single_sign_on.ts";
import { query } from "./path.ts";
import { Button } from "./ui/button.tsx";
import { EmailField } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

/** Asks for the address whose domain says which provider it is. */
export const SingleSignOnPage = (
  { view, form, next }: { view: View; form: FormState; next?: string },
) => {
  const { t } = view;
  const labels = { email: t("sessions.email") };
  return (
    <>
      <PageHeader view={view} title={t("single_sign_on.title")} sub={t("single_sign_on.text")} />
      <Form
        view={view}
        form={form}
        labels={labels}
        action={query("/login/single-sign-on", { next })}
        boost={false}
      >
        <EmailField
          view={view}
          form={form}
          name="email"
          label={labels.email}
          autocomplete="username"
          required
          size="full"
          autofocus
        />
        <FormActions>
          <Button view={view} label={t("single_sign_on.go")} variant="primary" />
          <a href="/login">{t("factors.back")}</a>
        </FormActions>
      </Form>
    </>
  );
};

/** The browser goes on by itself; the link is for those that do not. */
export const LeavePage = (
  { view, url, title }: {
    view: View;
    url: string;
    title: "single_sign_on.leave_title" | "single_sign_on.logout_title";
  },
) => (
  <>
    <PageHeader view={view} title={view.t(title)} />
    <p>
      <a href={url} rel="noreferrer">
        {view.t("single_sign_on.leave_link", { host: new URL(url).host })}
      </a>
    </p>
  </>
);

/** Why the provider's answer did not sign anybody in. */
export const RefusedPage = ({ view, code }: { view: View; code: Refusal }) => (
  <>
    <PageHeader view={view} title={view.t("single_sign_on.refused_title")} />
    <p>{view.t(`single_sign_on.${code}`)}</p>
    <p>
      <a href="/login/single-sign-on">{view.t("single_sign_on.again")}</a>
    </p>
  </>
);

/** What a postmaster says yes to, and the thanks for it. */
export const DomainPage = ({ view, done }: { view: View; done: boolean }) => (
  <>
    <PageHeader view={view} title={view.t("single_sign_on.domain_title")} />
    <p>{view.t(done ? "single_sign_on.domain_done" : "single_sign_on.domain_text")}</p>
    {done ? null : (
      <form method="post" action={view.path} class="form">
        <Button view={view} label={view.t("single_sign_on.domain_yes")} variant="primary" />
      </form>
    )}
  </>
);

/** The link was used, has expired, or another tenant has the domain. */
export const DomainGone = ({ view }: { view: View }) => (
  <>
    <PageHeader view={view} title={view.t("single_sign_on.domain_gone")} />
    <p>{view.t("single_sign_on.domain_gone_text")}</p>
  </>
);
