/** A certificate of erasure: the public page that checks one, and its contents. */
import type { Check } from "../db/certificate_checks.ts";
import type { CertificateEntry, Content } from "../db/certificates.ts";
import { told } from "./mail/certificates.ts";
import { path } from "./path.ts";
import { Button } from "./ui/button.tsx";
import { DescriptionList } from "./ui/descriptions.tsx";
import { FileField, TextArea } from "./ui/field.tsx";
import { Notice } from "./ui/flash.tsx";
import { emptyForm, Form, FormActions, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Panel } from "./ui/panel.tsx";
import { TextTable } from "./ui/text_table.tsx";
import type { View } from "./view.ts";

/** By which keys this installation signs, and where they are published. */
interface Keys {
  keysUrl: string;
  known: readonly string[];
}

/** The page, for everyone; what was checked is shown on it and kept nowhere. */
export const CertificateCheckPage = ({ view, form, found, ...keys }: Keys & {
  view: View;
  form: FormState;
  found: Check | null;
}) => {
  const { t } = view;
  return (
    <>
      <PageHeader view={view} title={t("certificates.title")} />
      {found ? <Verdict view={view} found={found} /> : null}
      {found?.genuine
        ? (
          <Panel title={t("certificates.another")}>
            <CheckForm view={view} form={emptyForm} {...keys} />
          </Panel>
        )
        : <CheckForm view={view} form={form} {...keys} />}
    </>
  );
};

/** Without a connection `static/js/certificates.js` checks, and says so below the form. */
const CheckForm = (
  { view, form, keysUrl, known }: Keys & { view: View; form: FormState },
) => {
  const { t } = view;
  return (
    <Form
      view={view}
      form={form}
      multipart
      labels={{ text: t("certificates.text"), file: t("certificates.file") }}
    >
      <p class="hint">{t("certificates.hint", { url: keysUrl })}</p>
      <FileField
        view={view}
        form={form}
        name="file"
        label={t("certificates.file")}
        hint={t("certificates.file_hint")}
        accept="application/json,.json"
      />
      <TextArea view={view} form={form} name="text" label={t("certificates.text")} rows={8} />
      <FormActions>
        <Button view={view} label={t("certificates.check")} variant="primary" />
      </FormActions>
      <p
        role="alert"
        hidden
        data-certificate
        data-known={known.join(" ")}
        data-genuine={t("certificates.genuine")}
        data-intact={t("certificates.intact")}
        data-changed={t("certificates.changed")}
        data-unreadable={t("certificates.unreadable")}
        data-unable={t("certificates.unable")}
      />
      <script defer src={view.asset("js/certificates.js")}></script>
    </Form>
  );
};

const Verdict = ({ view, found }: { view: View; found: Check }) => {
  const { t } = view;
  if (!found.genuine) {
    return <Notice view={view} kind="error" text={t(`certificates.${found.fault}`)} />;
  }
  return (
    <>
      <Notice
        view={view}
        kind={found.known ? "ok" : "info"}
        text={t(found.known ? "certificates.genuine" : "certificates.intact")}
      />
      <CertificateFacts view={view} content={found.content} kid={found.kid} />
    </>
  );
};

const CertificateFacts = ({ view, content, kid }: {
  view: View;
  content: Content;
  kid: string;
}) => {
  const { t } = view;
  const { facts, stores, kept } = told(view, content, kid);
  return (
    <Panel title={t("certificates.document_title")}>
      <DescriptionList items={facts} />
      <h3>{stores.title}</h3>
      <TextTable caption={stores.title} head={stores.head} rows={stores.rows} />
      {stores.note === "" ? null : <p class="hint">{stores.note}</p>}
      <h3>{kept.title}</h3>
      {kept.rows.length === 0
        ? <p>{t("certificates.kept_none")}</p>
        : <TextTable caption={kept.title} head={kept.head} rows={kept.rows} />}
    </Panel>
  );
};

/** The certificates of a request, to download; `base` is where the desk keeps them. */
export const CertificatePanel = ({ view, base, entries }: {
  view: View;
  base: string;
  entries: readonly CertificateEntry[];
}) => {
  const { t, format } = view;
  if (entries.length === 0) return null;
  return (
    <Panel title={t("certificates.panel")} id="certificates">
      <ul class="bullets">
        {entries.map(({ id, issuedAt }) => (
          <li>
            {t("certificates.document_title")}, {format.dateTime(issuedAt)}:{" "}
            <a href={base + path`/${id}.pdf`} download>{t("certificates.pdf")}</a>,{" "}
            <a href={base + path`/${id}.json`} download>{t("certificates.json")}</a>
          </li>
        ))}
      </ul>
    </Panel>
  );
};
