/** A tenant's contract for its owners: its state, giving notice, exporting everything. */
import type { Contract } from "../../db/contracts.ts";
import type { TenantExport } from "../../db/tenant_exports.ts";
import { path } from "../path.ts";
import { SettingsHead, SettingsTabs } from "../settings.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { DateField, PasswordField, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { Panel } from "../ui/panel.tsx";
import { type Column, DataTable } from "../ui/table.tsx";
import { Nothing, Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { daysOf, PhaseBadge } from "./days.tsx";

interface Props {
  view: View;
  contract: Contract;
  tenant: string;
  exports: readonly TenantExport[];
  /** Requests of persons that are open. */
  requests: number;
  notice: FormState;
  withdrawal: FormState;
  /** Whether a second factor takes the place of a code by mail. */
  guarded: boolean;
}

export const ContractPage = (
  { view, contract, tenant, exports, requests, notice, withdrawal, guarded }: Props,
) => {
  const { t, format } = view;
  const days = contract.endsOn ? daysOf(contract.endsOn) : null;
  return (
    <>
      <SettingsHead view={view} title={t("contracts.title")} />
      <SettingsTabs view={view} current="contract" />
      {requests > 0 && contract.noticeGivenAt !== null && (
        <Panel title={t("contracts.open_requests_title")}>
          <Notice
            view={view}
            kind="warn"
            text={t("contracts.open_requests", { count: requests })}
          />
          <LinkButton
            view={view}
            href="/settings/requests"
            label={t("contracts.open_requests_look")}
            variant="quiet"
          />
        </Panel>
      )}
      <div class="panel">
        <DescriptionList
          items={[
            [t("contracts.state"), <PhaseBadge view={view} contract={contract} />],
            [t("contracts.started_on"), format.date(contract.startedOn)],
            contract.noticeGivenAt !== null &&
            [t("contracts.notice_given_at"), format.dateTime(contract.noticeGivenAt)],
            contract.usesUntil !== null &&
            [t("contracts.uses_until"), format.date(contract.usesUntil)],
            contract.endsOn !== null && [t("contracts.ends_on"), format.date(contract.endsOn)],
            days && [t("contracts.withdrawable_until"), format.date(days.withdrawable)],
            days && [t("contracts.erased_on"), format.date(days.live)],
            days && [t("contracts.copies_until"), format.date(days.backups)],
            days && [t("contracts.certificate_until"), format.date(days.search)],
          ]}
        />
      </div>
      <ExportPanel view={view} exports={exports} />
      {contract.noticeGivenAt === null
        ? <NoticePanel view={view} form={notice} tenant={tenant} />
        : <WithdrawalPanel view={view} form={withdrawal} guarded={guarded} />}
    </>
  );
};

const NoticePanel = (
  { view, form, tenant }: { view: View; form: FormState; tenant: string },
) => {
  const { t } = view;
  const labels = {
    lastDay: t("contracts.last_day"),
    tenant: t("contracts.typed_name"),
    password: t("contracts.password"),
  };
  return (
    <Panel title={t("contracts.give_notice")} id="notice">
      <p>{t("contracts.notice_text")}</p>
      <Form view={view} form={form} labels={labels} action="/settings/contract/notice">
        <DateField
          view={view}
          form={form}
          name="lastDay"
          label={labels.lastDay}
          hint={t("contracts.last_day_hint")}
          required
        />
        <TextField
          view={view}
          form={form}
          name="tenant"
          label={labels.tenant}
          hint={t("contracts.typed_name_hint", { name: tenant })}
          maxlength={200}
          size="l"
          required
        />
        <PasswordField
          view={view}
          form={form}
          name="password"
          label={labels.password}
          autocomplete="current-password"
          required
        />
        <FormActions>
          <Button view={view} label={t("contracts.give_notice")} variant="danger" />
        </FormActions>
      </Form>
    </Panel>
  );
};

const WithdrawalPanel = (
  { view, form, guarded }: { view: View; form: FormState; guarded: boolean },
) => {
  const { t } = view;
  const labels = { code: t("contracts.code") };
  if (guarded) {
    return (
      <Panel title={t("contracts.withdraw")} id="withdrawal">
        <p>{t("contracts.withdraw_by_factor")}</p>
        <Form view={view} form={form} labels={labels} action="/settings/contract/withdrawal">
          <FormActions>
            <Button view={view} label={t("contracts.withdraw")} variant="primary" />
          </FormActions>
        </Form>
      </Panel>
    );
  }
  return (
    <Panel title={t("contracts.withdraw")} id="withdrawal">
      <p>{t("contracts.withdraw_text")}</p>
      <PostButton
        view={view}
        action="/settings/contract/codes"
        label={t("contracts.send_code")}
        icon="mail"
      />
      <Form view={view} form={form} labels={labels} action="/settings/contract/withdrawal">
        <TextField
          view={view}
          form={form}
          name="code"
          label={labels.code}
          hint={t("contracts.code_hint")}
          inputmode="numeric"
          autocomplete="one-time-code"
          maxlength={20}
          size="s"
          required
        />
        <FormActions>
          <Button view={view} label={t("contracts.withdraw")} variant="primary" />
        </FormActions>
      </Form>
    </Panel>
  );
};

const tones = { waiting: "accent", done: "ok", failed: "danger" } as const;

const ExportPanel = ({ view, exports }: { view: View; exports: readonly TenantExport[] }) => {
  const { t, format } = view;
  return (
    <Panel
      title={t("contracts.exports")}
      id="exports"
      actions={
        <PostButton
          view={view}
          action="/settings/contract/exports"
          label={t("contracts.export_all")}
          icon="download"
        />
      }
    >
      <p class="hint">{t("contracts.exports_hint")}</p>
      <DataTable<TenantExport>
        view={view}
        caption={t("contracts.exports")}
        rows={exports}
        empty={<EmptyState title={t("contracts.no_exports")} />}
        phoneLine={({ eraseAfter }) => format.date(eraseAfter)}
        columns={exportColumns(view)}
      />
    </Panel>
  );
};

function exportColumns(view: View): Column<TenantExport>[] {
  const { t, format } = view;
  return [
    {
      key: "when",
      header: t("exports.when"),
      cell: ({ createdAt }) => <Time view={view} moment={createdAt} as="dateTime" />,
    },
    {
      key: "by",
      header: t("exports.by"),
      priority: 2,
      cell: ({ createdByName }) => createdByName ?? <Nothing view={view} />,
    },
    {
      key: "rows",
      header: t("exports.rows"),
      align: "end",
      priority: 2,
      cell: ({ rows }) => (rows === null ? <Nothing view={view} /> : format.number(rows)),
    },
    {
      key: "until",
      header: t("contracts.fetch_until"),
      priority: 2,
      cell: ({ eraseAfter }) => format.date(eraseAfter),
    },
    {
      key: "status",
      header: t("exports.status"),
      cell: ({ status, errorCode }) => (
        <>
          <Badge label={t(`contracts.export_${status}`)} tone={tones[status]} />
          {errorCode ? <p class="hint">{t(`contracts.export_fault_${errorCode}`)}</p> : null}
        </>
      ),
    },
    {
      key: "fetch",
      header: t("common.actions"),
      cell: ({ id, status }) =>
        status === "done"
          ? (
            <LinkButton
              view={view}
              href={path`/settings/contract/exports/${id}`}
              label={t("contracts.fetch")}
              icon="download"
              variant="quiet"
              download
            />
          )
          : null,
    },
  ];
}
