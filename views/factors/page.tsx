/** Pages of one's own second factors: what is set up, a new app, a new passkey, recovery codes. */
import type { Factors } from "../../db/factors.ts";
import type { Passkey } from "../../db/passkeys.ts";
import { path } from "../path.ts";
import { Badge } from "../ui/badge.tsx";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { ErrorSummary, Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import type { View } from "../view.ts";
import { PasskeyForm } from "./passkey_form.tsx";

const crumbsOf = ({ t }: View, deep = true) => [
  { href: "/account", label: t("account.title") },
  ...(deep ? [{ href: "/account/factors", label: t("factors.title") }] : []),
];

interface Props {
  view: View;
  factors: Factors;
  passkeys: readonly Passkey[];
  /** Who demands a factor that is not there yet. */
  owed: "tenant" | "operator" | null;
}

/** What one has, and the ways to have more. */
export const FactorsPage = ({ view, factors, passkeys, owed }: Props) => {
  const { t, format } = view;
  const { totpSince, codes } = factors;
  return (
    <>
      <PageHeader
        view={view}
        title={t("factors.title")}
        sub={t("factors.text")}
        crumbs={crumbsOf(view, false)}
      />
      {owed
        ? (
          <Notice
            view={view}
            kind="warn"
            text={t(owed === "operator" ? "factors.owed_operator" : "factors.owed")}
          />
        )
        : null}
      <Panel title={t("factors.app")} id="app">
        <p>
          {totpSince
            ? t("factors.app_since", { date: format.date(totpSince) })
            : t("factors.app_text")}
        </p>
        <div class="form-actions">
          {totpSince
            ? (
              <PostButton
                view={view}
                action="/account/factors/app/removal"
                label={t("factors.app_remove")}
                icon="trash-2"
              />
            )
            : <LinkButton view={view} href="/account/factors/app" label={t("factors.app_add")} />}
        </div>
      </Panel>
      <Panel title={t("factors.passkeys")} id="passkeys">
        <p>{t("factors.passkeys_text")}</p>
        {passkeys.length > 0 ? <PasskeyTable view={view} passkeys={passkeys} /> : null}
        <div class="form-actions">
          <LinkButton
            view={view}
            href="/account/factors/passkeys"
            label={t("factors.passkey_new")}
          />
        </div>
      </Panel>
      {totpSince || passkeys.length > 0
        ? (
          <Panel title={t("factors.codes")} id="codes">
            <p>{t("factors.codes_left", { count: codes })}</p>
            <PostButton
              view={view}
              action="/account/factors/codes"
              label={t("factors.codes_renew")}
            />
          </Panel>
        )
        : null}
    </>
  );
};

const PasskeyTable = (
  { view, passkeys }: { view: View; passkeys: readonly Passkey[] },
) => {
  const { t, format } = view;
  const used = ({ lastUsedAt }: Passkey) =>
    lastUsedAt ? format.relative(lastUsedAt) : t("factors.passkey_unused");
  return (
    <DataTable<Passkey>
      view={view}
      caption={t("factors.passkeys")}
      rows={passkeys}
      rowId={({ id }) => `passkey-${id}`}
      phoneLine={used}
      columns={[
        {
          key: "name",
          header: t("factors.passkey_name"),
          cell: ({ name, backedUp }) => (
            <>
              {name}{" "}
              {backedUp ? <Badge label={t("factors.passkey_copied")} tone="neutral" /> : null}
            </>
          ),
        },
        {
          key: "since",
          header: t("account.session_since"),
          priority: 2,
          cell: ({ createdAt }) => format.date(createdAt),
        },
        { key: "used", header: t("factors.passkey_used"), priority: 2, cell: used },
        {
          key: "end",
          header: t("common.actions"),
          headerHidden: true,
          align: "end",
          cell: ({ id, name }) => (
            <PostButton
              view={view}
              action={path`/account/factors/passkeys/${id}/removal`}
              label={t("factors.passkey_remove")}
              variant="quiet"
            >
              <span class="visually-hidden">{name}</span>
            </PostButton>
          ),
        },
      ]}
    />
  );
};

/** The secret for an app, drawn and written, and its first code. */
export const AppPage = (
  { view, form, secret, squares }: {
    view: View;
    form: FormState;
    secret: string;
    squares: readonly boolean[][];
  },
) => {
  const { t } = view;
  const labels = { code: t("factors.code") };
  return (
    <>
      <PageHeader view={view} title={t("factors.app_title")} crumbs={crumbsOf(view)} />
      <p>{t("factors.app_scan")}</p>
      <QrCode squares={squares} label={t("factors.app_picture")} />
      <p>
        {t("factors.app_secret")} <code class="address">{secret}</code>
      </p>
      <Form view={view} form={form} labels={labels} action="/account/factors/app">
        <TextField
          view={view}
          form={{ ...form, values: {} }}
          name="code"
          label={labels.code}
          hint={t("factors.app_code_hint")}
          autocomplete="one-time-code"
          inputmode="numeric"
          maxlength={20}
          size="s"
          required
        />
        <FormActions>
          <Button view={view} label={t("factors.app_submit")} variant="primary" />
          <LinkButton
            view={view}
            href="/account/factors"
            label={t("common.cancel")}
            variant="quiet"
          />
        </FormActions>
      </Form>
    </>
  );
};

/** A QR code as one path; its own light ground, as cameras want dark on light. */
const QrCode = ({ squares, label }: { squares: readonly boolean[][]; label: string }) => {
  const size = squares.length;
  const drawn = squares.flatMap((row, y) =>
    row.flatMap((dark, x) => dark ? [`M${x} ${y}h1v1h-1z`] : [])
  );
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={drawn.join("")} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
};

/** A name for a new key, and the button that makes it. */
export const NewPasskeyPage = ({ view, form }: { view: View; form: FormState }) => {
  const { t } = view;
  const labels = { name: t("factors.passkey_name") };
  return (
    <>
      <PageHeader view={view} title={t("factors.passkey_new")} crumbs={crumbsOf(view)} />
      <p>{t("factors.passkey_text")}</p>
      <ErrorSummary view={view} form={form} labels={labels} />
      <PasskeyForm
        view={view}
        ceremony="create"
        action="/account/factors/passkeys"
        challenges="/account/factors/passkeys/challenges"
        label={t("factors.passkey_make")}
        variant="primary"
      >
        <TextField
          view={view}
          form={form}
          name="name"
          label={labels.name}
          hint={t("factors.passkey_name_hint")}
          maxlength={100}
          required
        />
      </PasskeyForm>
      <noscript>
        <p class="flash flash-info">{t("factors.passkey_script")}</p>
      </noscript>
    </>
  );
};

/** The codes, shown this once, to be printed or kept in a password store. */
export const CodesPage = ({ view, codes }: { view: View; codes: readonly string[] }) => {
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("factors.codes_title")}
        sub={t("factors.codes_text")}
        crumbs={crumbsOf(view)}
      />
      <ul class="recovery-codes">
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p>
        <LinkButton
          view={view}
          href="/account/factors"
          label={t("factors.codes_kept")}
          variant="primary"
        />
      </p>
    </>
  );
};
