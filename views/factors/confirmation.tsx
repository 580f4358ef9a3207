/** The page that asks people to confirm their identity; what they posted is carried in hidden fields. */
import type { Factors } from "../../db/factors.ts";
import { signedInBeside, SignInBeside } from "../layout.tsx";
import { query } from "../path.ts";
import { Button } from "../ui/button.tsx";
import { HiddenField, PasswordField } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { emptyForm, Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";
import { PasskeyForm } from "./passkey_form.tsx";
import { CodeField } from "./step.tsx";

interface Props {
  view: View;
  form: FormState;
  factors: Factors;
  /** Whether a factor is asked for, not the password. */
  guarded: boolean;
  /** Whether there is a password to ask for. */
  password: boolean;
  action: string;
  /** The address behind the page. */
  next: string;
  /** Whether a file comes back, so that this page stays. */
  download: boolean;
  carried: Carried;
}

type Carried = readonly (readonly [name: string, value: string])[];

const hiddenOf = (carried: Carried) =>
  carried.map(([name, value]) => <HiddenField name={name} value={value} />);

export const ConfirmationPage = (
  { view, form, factors, guarded, password, action, next, download, carried }: Props,
) => {
  const { t } = view;
  const app = factors.totpSince !== null;
  const labels = {
    "confirmation.code": t(app ? "factors.code" : "factors.recovery_code"),
    "confirmation.password": t("account.current_password"),
  };
  const hidden = hiddenOf(carried);
  return (
    <>
      <PageHeader view={view} title={t("factors.confirm_title")} sub={t("factors.confirm_text")} />
      {factors.passkeys > 0
        ? (
          <PasskeyForm
            view={view}
            ceremony="get"
            action={action}
            challenges="/confirmation/challenges"
            label={t("factors.passkey_use")}
            field="confirmation.response"
          >
            {hidden}
          </PasskeyForm>
        )
        : null}
      {!guarded && !password
        ? <SignInAgain {...{ view, form, action, next, carried }} />
        : (
          <Form view={view} form={form} labels={labels} action={action} boost={false}>
            {hidden}
            {guarded
              ? <CodeField view={view} form={form} name="confirmation.code" app={app} />
              : (
                <PasswordField
                  view={view}
                  form={form}
                  name="confirmation.password"
                  label={labels["confirmation.password"]}
                  autocomplete="current-password"
                  required
                />
              )}
            <FormActions>
              <Button view={view} label={t("factors.confirm_submit")} variant="primary" />
            </FormActions>
          </Form>
        )}
      {download ? <Download view={view} to={next} /> : null}
    </>
  );
};

const Download = ({ view: { t }, to }: { view: View; to: string }) => (
  <p class="hint">
    {t("factors.then_download")} <a href={to}>{t("factors.from_download")}</a>
  </p>
);

/** For people with neither password nor factor: signing in again is the confirmation. */
const SignInAgain = (
  { view, form, action, next, carried }: Pick<
    Props,
    "view" | "form" | "action" | "next" | "carried"
  >,
) => {
  const { t } = view;
  const typed = carried.length > 0;
  const to = typed ? signedInBeside : next;
  const target = typed ? "_blank" : undefined;
  return (
    <>
      <Notice
        view={view}
        kind="info"
        text={t(typed ? "factors.sign_in_beside" : "factors.sign_in_again")}
      />
      <p>
        <a href={query("/login/single-sign-on", { next: to })} target={target}>
          {t("factors.by_provider")}
        </a>
      </p>
      <p>
        <a href="/passwords/new" target={target}>{t("factors.by_password")}</a>
      </p>
      {typed ? <GoOn view={view} form={form} action={action} carried={carried} /> : null}
    </>
  );
};

/** Posts what was typed on, once its person has signed in beside this page. */
const GoOn = (
  { view, form, action, carried }: Pick<Props, "view" | "form" | "action" | "carried">,
) => (
  <Form view={view} form={form} action={action} boost={false}>
    {hiddenOf(carried)}
    <FormActions>
      <Button view={view} label={view.t("factors.confirm_go_on")} variant="primary" />
    </FormActions>
  </Form>
);

/** The session ended before the proof: what was typed waits here. */
export const SignedOutPage = (
  { view, action, carried }: Pick<Props, "view" | "action" | "carried">,
) => {
  const { t } = view;
  return (
    <>
      <PageHeader view={view} title={t("factors.confirm_title")} />
      <Notice view={view} kind="info" text={t("factors.signed_out_beside")} />
      <SignInBeside view={view} />
      <GoOn view={view} form={emptyForm} action={action} carried={carried} />
    </>
  );
};

/** What the other tab shows after that. */
export const ProvenPage = ({ view }: { view: View }) => (
  <PageHeader
    view={view}
    title={view.t("factors.proven_title")}
    sub={view.t("factors.proven_text")}
  />
);
