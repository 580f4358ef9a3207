/** The page behind an invitation's link. */
import type { Role } from "../db/roles.ts";
import { NewPassword } from "./passwords.tsx";
import { query } from "./path.ts";
import { Button, LinkButton } from "./ui/button.tsx";
import { TextField } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

export interface Invited {
  tenantName: string;
  email: string;
  role: Role;
  /** Whether somebody has the address already. */
  isKnown: boolean;
  /**
   * Nobody has the address yet; its owner has to sign in; its owner is here; its owner will sign in
   * by the tenant's identity provider.
   */
  state: "unknown" | "known" | "ready" | "provider";
  path: string;
}

interface Props {
  view: View;
  form: FormState;
  invited: Invited;
}

/** What is offered, and how to accept it. */
export const InvitationPage = ({ view, form, invited }: Props) => {
  const { t } = view;
  const { email, state, role, tenantName } = invited;
  return (
    <>
      <PageHeader view={view} title={t("invitations.title", { tenant: tenantName })} />
      <p>{t("invitations.role_text", { role: t(`team.role_${role}`) })}</p>
      <p>{t(`invitations.${state}_text`, { email })}</p>
      {state === "unknown" || (state === "provider" && !invited.isKnown)
        ? <NewPerson view={view} form={form} hasPassword={state === "unknown"} />
        : state === "ready" || state === "provider"
        ? (
          <Form view={view} form={form} boost={false}>
            <FormActions>
              <Button view={view} label={t("invitations.accept")} variant="primary" />
            </FormActions>
          </Form>
        )
        : (
          <p>
            <LinkButton
              view={view}
              href={query("/login", { next: invited.path })}
              label={t("invitations.sign_in")}
              variant="primary"
            />
          </p>
        )}
    </>
  );
};

const NewPerson = (
  { view, form, hasPassword }: { view: View; form: FormState; hasPassword: boolean },
) => {
  const { t } = view;
  const labels = { name: t("invitations.name"), password: t("invitations.password") };
  return (
    <Form view={view} form={form} labels={labels} boost={false}>
      <TextField
        view={view}
        form={form}
        name="name"
        label={labels.name}
        autocomplete="name"
        required
        size="l"
      />
      {hasPassword && <NewPassword view={view} form={form} label={labels.password} />}
      <FormActions>
        <Button view={view} label={t("invitations.accept")} variant="primary" />
      </FormActions>
    </Form>
  );
};

/** An invitation that no longer works. */
export const InvitationGone = ({ view }: { view: View }) => (
  <>
    <PageHeader view={view} title={view.t("invitations.gone_title")} />
    <p>{view.t("invitations.gone_text")}</p>
  </>
);
