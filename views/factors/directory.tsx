/** The panel of a tenant's directory: address and tokens with which it ends people's access. */
import type { DirectoryToken } from "../../db/directory_tokens.ts";
import { path } from "../path.ts";
import { Button, PostButton } from "../ui/button.tsx";
import { Select } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";

const home = "/settings/sign-in/directory";

export interface DirectoryProps {
  view: View;
  form: FormState;
  tokens: readonly DirectoryToken[];
  /** The token just made; it is shown this once. */
  token: string | null;
  lifetimes: readonly number[];
  /** The address that directories are given. */
  address: string;
}

export const DirectoryPanel = (
  { view, form, tokens, lifetimes, address }: DirectoryProps,
) => {
  const { t, format } = view;
  return (
    <Panel title={t("directory.title")} id="directory">
      <p>{t("directory.text")}</p>
      <p>
        {t("directory.address")} <code class="address">{address}</code>
      </p>
      {tokens.length === 0 ? null : (
        <DataTable<DirectoryToken>
          view={view}
          caption={t("directory.tokens")}
          rows={tokens}
          rowId={({ id }) => `directory-token-${id}`}
          phoneLine={({ expiresAt }) => `${t("api.expires")}: ${format.date(expiresAt)}`}
          columns={[
            {
              key: "made",
              header: t("directory.made"),
              cell: ({ createdAt, userName }) =>
                t("directory.made_by", { date: format.date(createdAt), name: userName }),
            },
            {
              key: "used",
              header: t("api.last_used"),
              priority: 2,
              cell: ({ lastUsedAt }) =>
                lastUsedAt ? format.relative(lastUsedAt) : t("api.never_used"),
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
              cell: ({ id }) => (
                <PostButton
                  view={view}
                  action={path`/settings/sign-in/directory/${id}/end`}
                  label={t("api.end")}
                  variant="quiet"
                />
              ),
            },
          ]}
        />
      )}
      {view.can("owners.manage")
        ? <NewTokenForm view={view} form={form} lifetimes={lifetimes} />
        : <p class="hint">{t("directory.owners")}</p>}
    </Panel>
  );
};

/** The token just made, on top of the page: it is shown this once. */
export const NewToken = ({ view, token }: { view: View; token: string }) => (
  <>
    <Notice view={view} kind="warn" text={view.t("directory.copy")} />
    <div class="field">
      <label for="new-token">{view.t("directory.token")}</label>
      <input id="new-token" type="text" readonly value={token} autocomplete="off" />
    </div>
  </>
);

const NewTokenForm = (
  { view, form, lifetimes }: Pick<DirectoryProps, "view" | "form" | "lifetimes">,
) => {
  const { t } = view;
  const labels = { days: t("directory.days") };
  return (
    <Form view={view} form={form} action={home} labels={labels}>
      <Select
        view={view}
        form={form}
        name="days"
        label={labels.days}
        hint={t("directory.days_hint")}
        options={lifetimes.map((days) => ({
          value: String(days),
          label: t("api.days_count", { count: days }),
        }))}
        required
      />
      <FormActions>
        <Button view={view} label={t("directory.create")} />
      </FormActions>
    </Form>
  );
};
