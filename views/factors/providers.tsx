/** The settings of a tenant's own identity provider and its domains. */
import type { Domain, IdentityProvider } from "../../db/identity_providers.ts";
import { path } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { Button, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { PasswordField, Select, TextField, UrlField } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";
import { DemandPanel, type DemandProps } from "./demand.tsx";

export interface ProviderProps {
  view: View;
  provider: IdentityProvider | null;
  /** Whether the register lets us reach it; null without a provider. */
  listed: boolean | null;
  /** What the provider must know: where to return to, and where to report that a session has ended. */
  addresses: Record<"redirect_uri" | "logout_redirect_uri" | "logout_uri", string>;
  domains: readonly Domain[];
  form: FormState;
  demand: DemandProps;
  domainForm: FormState;
}

/** All panels; people who are not owners see the settings read-only. */
export const ProviderPanels = (props: ProviderProps) => (
  <>
    <ProviderPanel {...props} />
    <DomainPanel {...props} />
    {props.provider || props.demand.form ? <DemandPanel {...props.demand} /> : null}
  </>
);

const OwnersHint = ({ view }: { view: View }) => (
  <p class="hint">{view.t("single_sign_on.owners")}</p>
);

const ProviderPanel = ({ view, provider, listed, addresses, form }: ProviderProps) => {
  const { t } = view;
  return (
    <Panel title={t("single_sign_on.settings")} id="provider">
      <p>{t("single_sign_on.settings_text")}</p>
      <p>{t("single_sign_on.addresses")}</p>
      <DescriptionList
        items={(["redirect_uri", "logout_redirect_uri", "logout_uri"] as const).map((name) => [
          t(`single_sign_on.${name}`),
          <code class="address">{addresses[name]}</code>,
        ])}
      />
      {listed === false
        ? <Notice view={view} kind="warn" text={t("single_sign_on.unlisted_hint")} />
        : null}
      {view.can("owners.manage") ? <ProviderForm view={view} provider={provider} form={form} /> : (
        <>
          {provider ? <p>{provider.issuer}</p> : null}
          <OwnersHint view={view} />
        </>
      )}
    </Panel>
  );
};

const ProviderForm = (
  { view, provider, form }: Pick<ProviderProps, "view" | "provider" | "form">,
) => {
  const { t } = view;
  const labels = {
    issuer: t("single_sign_on.issuer"),
    clientId: t("single_sign_on.client_id"),
    secret: t("single_sign_on.secret"),
    newRole: t("single_sign_on.new_role"),
  };
  return (
    <>
      <Form view={view} form={form} labels={labels} action="/settings/sign-in/provider">
        <UrlField
          view={view}
          form={form}
          name="issuer"
          label={labels.issuer}
          hint={t("single_sign_on.issuer_hint")}
          maxlength={500}
          size="l"
          required
        />
        <TextField
          view={view}
          form={form}
          name="clientId"
          label={labels.clientId}
          maxlength={300}
          size="l"
          required
        />
        <PasswordField
          view={view}
          form={form}
          name="secret"
          label={labels.secret}
          hint={t(
            provider?.hasSecret ? "single_sign_on.secret_kept" : "single_sign_on.secret_hint",
          )}
          autocomplete="new-password"
        />
        <Select
          view={view}
          form={form}
          name="newRole"
          label={labels.newRole}
          options={[
            { value: "", label: t("single_sign_on.new_nobody") },
            { value: "member", label: t("team.role_member") },
            { value: "read_only", label: t("team.role_read_only") },
          ]}
        />
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
        </FormActions>
      </Form>
      {provider
        ? (
          <PostButton
            view={view}
            action="/settings/sign-in/provider/removal"
            label={t("single_sign_on.remove")}
            icon="trash-2"
            variant="quiet"
          />
        )
        : null}
    </>
  );
};

const DomainPanel = ({ view, domains, domainForm }: ProviderProps) => {
  const { t } = view;
  const labels = { domain: t("single_sign_on.domain") };
  return (
    <Panel title={t("single_sign_on.domains")} id="domains">
      <p>{t("single_sign_on.domains_text")}</p>
      {domains.length > 0
        ? (
          <DataTable<Domain>
            view={view}
            caption={t("single_sign_on.domains")}
            rows={domains}
            phoneLine={({ verifiedAt }) =>
              t(verifiedAt ? "single_sign_on.verified" : "single_sign_on.unverified")}
            columns={[
              { key: "domain", header: labels.domain, cell: ({ domain }) => domain },
              {
                key: "state",
                header: t("team.state"),
                priority: 2,
                cell: ({ verifiedAt }) =>
                  verifiedAt
                    ? <Badge label={t("single_sign_on.verified")} tone="ok" />
                    : <Badge label={t("single_sign_on.unverified")} tone="warn" />,
              },
              {
                key: "end",
                header: t("common.actions"),
                headerHidden: true,
                align: "end",
                cell: ({ id, domain }) =>
                  view.can("owners.manage")
                    ? (
                      <PostButton
                        view={view}
                        action={path`/settings/sign-in/domains/${id}/removal`}
                        label={t("factors.passkey_remove")}
                        variant="quiet"
                      >
                        <span class="visually-hidden">{domain}</span>
                      </PostButton>
                    )
                    : null,
              },
            ]}
          />
        )
        : null}
      {view.can("owners.manage")
        ? (
          <Form view={view} form={domainForm} labels={labels} action="/settings/sign-in/domains">
            <TextField
              view={view}
              form={domainForm}
              name="domain"
              label={labels.domain}
              hint={t("single_sign_on.domain_hint")}
              maxlength={253}
              size="l"
              required
            />
            <FormActions>
              <Button view={view} label={t("single_sign_on.domain_add")} />
            </FormActions>
          </Form>
        )
        : <OwnersHint view={view} />}
    </Panel>
  );
};
