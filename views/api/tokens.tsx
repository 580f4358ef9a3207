/** The pages of tokens: one's own, created and revoked; and everybody's, to be revoked. */
import type { ApiScope, ApiToken, UsersToken } from "../../db/api_tokens.ts";
import type { MessageKey } from "../i18n/translate.ts";
import { path, query } from "../path.ts";
import { SettingsHead, SettingsTabs } from "../settings.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button, PostButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { CheckboxGroup, PasswordField, Select, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import { type Column, DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";

interface OwnProps {
  view: View;
  form: FormState;
  tokens: readonly ApiToken[];
  /** The token just made; it is shown this once. */
  token: string | null;
  /** The scopes that are of use to the user's role. */
  offered: readonly ApiScope[];
  lifetimes: readonly number[];
}

const scopeWords = ({ t }: View, scope: ApiScope) =>
  t(`api.scope_${scope.replace(":", "_")}` as MessageKey);

/** What both tables say of a token. */
const columns = <T extends ApiToken>(
  view: View,
  endOf: (token: T) => string,
): Column<T>[] => {
  const { t, format } = view;
  return [
    {
      key: "scopes",
      header: t("api.scopes"),
      priority: 3,
      cell: ({ scopes }) => scopes.map((scope) => scopeWords(view, scope)).join(", "),
    },
    {
      key: "used",
      header: t("api.last_used"),
      priority: 2,
      cell: ({ lastUsedAt }) => lastUsedAt ? format.relative(lastUsedAt) : t("api.never_used"),
    },
    {
      key: "expires",
      header: t("api.expires"),
      priority: 2,
      cell: ({ expiresAt }) => format.date(expiresAt),
    },
    {
      key: "end",
      header: t("api.end"),
      headerHidden: true,
      align: "end",
      cell: (token) => (
        <PostButton view={view} action={endOf(token)} label={t("api.end")} variant="quiet" />
      ),
    },
  ];
};

export const OwnTokensPage = ({ view, form, tokens, token, offered, lifetimes }: OwnProps) => {
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("api.tokens")}
        crumbs={[{ href: "/account", label: t("account.title") }]}
      />
      <p>
        {t("api.tokens_text")} <a href={query("/api", { lang: view.locale })}>{t("api.manual")}</a>
      </p>
      {token ? <NewToken view={view} token={token} /> : null}
      {tokens.length === 0 ? <EmptyState title={t("api.no_tokens")} /> : (
        <DataTable<ApiToken>
          view={view}
          caption={t("api.tokens")}
          rows={tokens}
          rowId={({ id }) => `token-${id}`}
          phoneLine={({ expiresAt }) => `${t("api.expires")}: ${view.format.date(expiresAt)}`}
          columns={[
            { key: "name", header: t("common.name"), cell: ({ name }) => name },
            ...columns<ApiToken>(view, ({ id }) => path`/account/tokens/${id}/end`),
          ]}
        />
      )}
      <Panel title={t("api.new_token")} id="new">
        <NewTokenForm view={view} form={form} offered={offered} lifetimes={lifetimes} />
      </Panel>
    </>
  );
};

const NewToken = ({ view, token }: { view: View; token: string }) => (
  <>
    <Notice view={view} kind="warn" text={view.t("api.copy_token")} />
    <div class="field">
      <label for="new-token">{view.t("api.token")}</label>
      <input id="new-token" type="text" readonly value={token} autocomplete="off" />
    </div>
  </>
);

const NewTokenForm = (
  { view, form, offered, lifetimes }: Pick<OwnProps, "view" | "form" | "offered" | "lifetimes">,
) => {
  const { t } = view;
  const labels = {
    name: t("common.name"),
    scopes: t("api.scopes"),
    days: t("api.days"),
    current: t("account.current_password"),
  };
  return (
    <Form view={view} form={form} action="/account/tokens" labels={labels}>
      <TextField
        view={view}
        form={form}
        name="name"
        label={labels.name}
        hint={t("api.name_hint")}
        maxlength={100}
        required
        size="l"
      />
      <CheckboxGroup
        view={view}
        form={form}
        name="scopes"
        label={labels.scopes}
        hint={t("api.scopes_hint")}
        required
        options={offered.map((scope) => ({ value: scope, label: scopeWords(view, scope) }))}
      />
      <Select
        view={view}
        form={form}
        name="days"
        label={labels.days}
        required
        size="m"
        options={lifetimes.map((days) => ({
          value: String(days),
          label: t("api.days_count", { count: days }),
        }))}
      />
      <PasswordField
        view={view}
        form={form}
        name="current"
        label={labels.current}
        hint={t("api.password_hint")}
        autocomplete="current-password"
        required
        size="l"
      />
      <FormActions>
        <Button view={view} label={t("api.make")} variant="primary" />
      </FormActions>
    </Form>
  );
};

/** All tokens of the tenant. */
export const AllTokensPage = (
  { view, tokens }: { view: View; tokens: readonly UsersToken[] },
) => {
  const { t } = view;
  return (
    <>
      <SettingsHead view={view} title={t("api.all_tokens")} />
      <SettingsTabs view={view} current="api" />
      <p>
        {t("api.all_text")} <a href="/account/tokens">{t("api.own_tokens")}</a> ·{" "}
        <a href={query("/api", { lang: view.locale })}>{t("api.manual")}</a>
      </p>
      {tokens.length === 0 ? <EmptyState title={t("api.no_tokens_here")} /> : (
        <DataTable<UsersToken>
          view={view}
          caption={t("api.all_tokens")}
          rows={tokens}
          rowId={({ id }) => `token-${id}`}
          phoneLine={({ userName }) => userName}
          columns={[
            { key: "name", header: t("common.name"), cell: ({ name }) => name },
            {
              key: "user",
              header: t("api.user"),
              priority: 2,
              cell: ({ userName, resting }) =>
                resting
                  ? (
                    <>
                      {userName} <Badge label={t("api.resting")} tone="warn" />
                    </>
                  )
                  : userName,
            },
            ...columns<UsersToken>(view, ({ id }) => path`/settings/api/tokens/${id}/end`),
          ]}
        />
      )}
    </>
  );
};
