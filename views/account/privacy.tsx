/** Pages about one's own data: what is stored, why and until when; and how to have it erased. */
import type { Obstacles } from "../../db/account_erasures.ts";
import type { PeriodFact } from "../../db/policies/facts.ts";
import type { Provider } from "../../db/provider.ts";
import type { Held } from "../../db/user_data.ts";
import { MailLink } from "../imprint.tsx";
import { periodText } from "../policies/content.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { PasswordField } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";

type Row = Held & { periods: PeriodFact[] };

interface Props {
  view: View;
  held: readonly Row[];
  provider: Provider | null;
  /** The current tenant; null if there is none. */
  tenant: string | null;
}

/** What the provider and the current tenant hold about the signed-in person. */
export const OwnPrivacyPage = ({ view, held, provider, tenant }: Props) => {
  const { t } = view;
  const dpo = provider?.dpoEmail ?? "";
  return (
    <>
      <PageHeader
        view={view}
        title={t("own_privacy.title")}
        crumbs={[{ href: "/account", label: t("account.title") }]}
      >
        <LinkButton
          view={view}
          href="/me/privacy/data.json"
          label={t("own_privacy.download")}
          icon="download"
          download
        />
        <LinkButton view={view} href="/account" label={t("own_privacy.correct")} icon="pencil" />
        <LinkButton
          view={view}
          href="/me/privacy/erasure"
          label={t("own_privacy.erase")}
          icon="trash-2"
        />
      </PageHeader>
      <p>
        {t("own_privacy.text")} <a href="/privacy">{t("own_privacy.policy")}</a>.{" "}
        {dpo === "" ? null : (
          <>
            {t("own_privacy.officer")} <MailLink address={dpo} />.{" "}
          </>
        )}
        <a href="/privacy/requests/new">{t("own_privacy.other_rights")}</a>
      </p>
      <HeldPanel
        view={view}
        title={t("own_privacy.of_provider", { name: provider?.name ?? "" })}
        rows={held.filter(({ of }) => of === "provider")}
      />
      {tenant === null ? null : (
        <HeldPanel
          view={view}
          title={t("own_privacy.of_tenant", { name: tenant })}
          rows={held.filter(({ of }) => of === "tenant")}
        />
      )}
    </>
  );
};

/** Each kind of data in a line. */
const HeldPanel = (
  { view, title, rows }: { view: View; title: string; rows: readonly Row[] },
) => {
  const { t, format } = view;
  const said = (row: Row, word: (column: Row["columns"][number][1]) => string) =>
    [...new Set(row.columns.map(([, column]) => word(column)))].join("; ");
  const categories = (row: Row) =>
    said(row, ({ category }) => t(`personal_data.category_${category}`));
  const why = (row: Row) =>
    said(
      row,
      ({ purpose, basis }) =>
        `${t(`personal_data.purpose_${purpose}`)}: ${t(`personal_data.basis_${basis}`)}`,
    );
  const until = ({ periods }: Row) => periods.map((period) => periodText(period, view)).join("; ");
  return (
    <Panel title={title}>
      <DataTable<Row>
        view={view}
        caption={title}
        rows={rows}
        phoneLine={(row) => `${categories(row)} · ${why(row)} · ${until(row)}`}
        columns={[
          {
            key: "table",
            header: t("own_privacy.what"),
            cell: ({ table }) => t(`own_privacy.table_${table}`),
          },
          {
            key: "category",
            header: t("own_privacy.categories"),
            priority: 2,
            cell: categories,
          },
          {
            key: "count",
            header: t("own_privacy.count"),
            cell: ({ count }) => format.number(count),
          },
          {
            key: "why",
            header: t("own_privacy.why"),
            priority: 2,
            cell: why,
          },
          {
            key: "until",
            header: t("own_privacy.until"),
            priority: 2,
            cell: until,
          },
        ]}
      />
    </Panel>
  );
};

/** What is erased, what stays, what prevents it; the password confirms. */
export const ErasurePage = (
  { view, form, obstacles, memberships }: {
    view: View;
    form: FormState;
    obstacles: Obstacles;
    memberships: readonly string[];
  },
) => {
  const { t } = view;
  const labels = { current: t("own_privacy.password") };
  const blocked = obstacles.lastOperator || obstacles.tenants.length > 0;
  return (
    <>
      <PageHeader
        view={view}
        title={t("own_privacy.erase")}
        crumbs={[{ href: "/me/privacy", label: t("own_privacy.title") }]}
      />
      {obstacles.tenants.length > 0
        ? (
          <Notice
            view={view}
            kind="warn"
            text={t("own_privacy.last_owner", { names: obstacles.tenants.join(", ") })}
          />
        )
        : null}
      {obstacles.lastOperator
        ? <Notice view={view} kind="warn" text={t("own_privacy.last_operator")} />
        : null}
      <Panel title={t("own_privacy.goes")}>
        <ul class="bullets">
          <li>{t("own_privacy.goes_account")}</li>
          {memberships.length > 0
            ? <li>{t("own_privacy.goes_memberships", { names: memberships.join(", ") })}</li>
            : null}
          <li>{t("own_privacy.goes_own")}</li>
        </ul>
      </Panel>
      <Panel title={t("own_privacy.stays")}>
        <ul class="bullets">
          <li>{t("own_privacy.stays_records")}</li>
          <li>{t("own_privacy.stays_history")}</li>
          <li>{t("own_privacy.stays_backups")}</li>
          <li>{t("own_privacy.stays_case")}</li>
        </ul>
      </Panel>
      {blocked
        ? null
        : (
          <Form view={view} form={form} labels={labels} action="/me/privacy/erasure" boost={false}>
            <PasswordField
              view={view}
              form={form}
              name="current"
              label={labels.current}
              hint={t("own_privacy.password_hint")}
              autocomplete="current-password"
              required
            />
            <FormActions>
              <Button view={view} label={t("own_privacy.erase_submit")} variant="danger" />
              <LinkButton
                view={view}
                href="/me/privacy"
                label={t("common.cancel")}
                variant="quiet"
              />
            </FormActions>
          </Form>
        )}
    </>
  );
};

/** It is done; nobody is signed in any more. */
export const ErasureDone = ({ view, number }: { view: View; number: string }) => (
  <>
    <PageHeader view={view} title={view.t("own_privacy.erased")} />
    <p>{view.t("own_privacy.erased_text", { number })}</p>
    <p>
      <a href="/login">{view.t("own_privacy.to_login")}</a>
    </p>
  </>
);
