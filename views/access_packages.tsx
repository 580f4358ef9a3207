/** The preview of an answer to an access request: what it contains, and what is blacked out. */
import type { AccessArchive } from "../db/access_archives.ts";
import type { AccessPreview } from "../db/access_previews.ts";
import type { Sizes } from "../db/access_sizes.ts";
import type { list, Look } from "../db/looks.ts";
import type { Clock } from "../db/record_clocks.ts";
import { isMessageKey } from "./i18n/translate.ts";
import { path, query } from "./path.ts";
import { ClockLine } from "./retentions/clock.tsx";
import { Badge } from "./ui/badge.tsx";
import { Button, LinkButton } from "./ui/button.tsx";
import { DescriptionList } from "./ui/descriptions.tsx";
import { CheckboxGroup, HiddenField, RadioGroup, TextArea } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Panel } from "./ui/panel.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

interface Props {
  view: View;
  contactId: string;
  /** Null for a contact in the trash. */
  clock: Clock | null;
  preview: AccessPreview;
  /** Large answers that were prepared before. */
  archives: readonly AccessArchive[];
  seen: Awaited<ReturnType<typeof list>>;
  form: FormState;
  /** The words proposed now: those of them that are not among the form's were taken out. */
  offered: readonly string[];
}

/** The preview: tables with their number of rows, files, and the words to be made unreadable. */
export const AccessPackagePage = (
  { view, contactId, clock, preview, archives, seen, form, offered }: Props,
) => {
  const { t } = view;
  const { person, sizes, files } = preview;
  const name = person.names[0] || person.emails[0] || t("contacts.title");
  return (
    <>
      <PageHeader
        view={view}
        title={t("access.title")}
        crumbs={[
          { href: "/contacts", label: t("contacts.title") },
          { href: path`/contacts/${contactId}`, label: name },
        ]}
      />
      <p>{t("access.hint")}</p>
      {sizes.isLarge ? <p>{t("access.large")}</p> : null}
      <Form view={view} form={form} boost={sizes.isLarge}>
        <RadioGroup
          {...{ view, form }}
          name="language"
          label={t("access.letter_language")}
          inline
          options={[
            { value: "de", label: t("access.language_de") },
            { value: "en", label: t("access.language_en") },
          ]}
        />
        <HiddenField name="offered" value={offered.join("\n")} />
        <TextArea
          {...{ view, form }}
          name="words"
          label={t("access.words")}
          hint={t(sizes.isLarge ? "access.words_hint_large" : "access.words_hint")}
          rows={6}
        />
        {files.length > 0 ? <Files {...{ view, form, preview }} /> : null}
        <FormActions>
          <Button
            view={view}
            label={t(sizes.isLarge ? "access.prepare" : "access.download")}
            icon="download"
            variant="primary"
          />
        </FormActions>
      </Form>
      {sizes.isLarge || archives.length > 0 ? <Archives view={view} archives={archives} /> : null}
      <Contents view={view} sizes={sizes} />
      <Held view={view} contactId={contactId} clock={clock} preview={preview} />
      <Looks view={view} contactId={contactId} seen={seen} />
    </>
  );
};

const Files = ({ view, form, preview }: Pick<Props, "view" | "form" | "preview">) => {
  const { t, format } = view;
  const { files, fileCount } = preview;
  const further = fileCount - files.length;
  return (
    <CheckboxGroup
      {...{ view, form }}
      name="files"
      label={t("access.files")}
      hint={[
        t("access.files_hint"),
        further > 0 ? t("access.files_further", { count: further }) : "",
      ].filter(Boolean).join(" ")}
      options={files.map(({ id, name, size }) => ({
        value: id,
        label: name,
        hint: format.bytes(size),
      }))}
    />
  );
};

const Contents = ({ view, sizes }: { view: View; sizes: Sizes }) => {
  const { t, format } = view;
  return (
    <Panel title={t("access.contents")} id="contents">
      <DataTable<Sizes["tables"][number]>
        view={view}
        caption={t("access.contents")}
        columns={[
          {
            key: "table",
            header: t("access.table"),
            cell: ({ table }) => {
              const key = `access.table_${table}`;
              return isMessageKey(key) ? t(key) : table;
            },
          },
          {
            key: "count",
            header: t("access.count"),
            cell: ({ count, isMore }) =>
              isMore
                ? t("access.more_than", { count: format.number(count) })
                : format.number(count),
          },
        ]}
        rows={sizes.tables}
      />
    </Panel>
  );
};

const tones = { waiting: "accent", done: "ok", failed: "danger" } as const;

/** Large answers, being made or ready. */
const Archives = ({ view, archives }: Pick<Props, "view" | "archives">) => {
  const { t, format } = view;
  return (
    <Panel title={t("access.archives")} id="archives">
      <p class="hint">{t("access.archives_hint")}</p>
      <DataTable<AccessArchive>
        view={view}
        caption={t("access.archives")}
        rows={archives}
        empty={<p>{t("access.archives_none")}</p>}
        columns={[
          {
            key: "when",
            header: t("access.archives_when"),
            cell: ({ createdAt }) => format.dateTime(createdAt),
          },
          {
            key: "by",
            header: t("exports.by"),
            priority: 2,
            cell: ({ createdByName }) => createdByName ?? "",
          },
          {
            key: "status",
            header: t("exports.status"),
            cell: ({ status, errorCode }) => (
              <>
                <Badge label={t(`contracts.export_${status}`)} tone={tones[status]} />
                {status === "failed"
                  ? (
                    <p class="hint">
                      {errorCode ? `${t(`access.archives_fault_${errorCode}`)} ` : ""}
                      {t("access.archives_again")}
                    </p>
                  )
                  : null}
              </>
            ),
          },
          {
            key: "fetch",
            header: t("common.actions"),
            cell: ({ id, status, eraseAfter }) =>
              status === "done"
                ? (
                  <>
                    <LinkButton
                      view={view}
                      href={path`/access-archives/${id}`}
                      label={t("contracts.fetch")}
                      icon="download"
                      variant="quiet"
                      download
                    />
                    <p class="hint">
                      {t("access.archives_until", { date: format.date(eraseAfter) })}
                    </p>
                  </>
                )
                : null,
          },
        ]}
      />
    </Panel>
  );
};

/** Basis, source, period and recipients: what the person will ask first. */
const Held = (
  { view, contactId, clock, preview }: Pick<Props, "view" | "contactId" | "clock" | "preview">,
) => {
  const { t } = view;
  const { contact, operator, recipients } = preview;
  const word = (key: string) => isMessageKey(key) ? t(key) : "";
  return (
    <Panel title={t("access.held")} id="held">
      <DescriptionList
        items={[
          [t("contacts.source"), String(contact.source ?? "")],
          [t("contacts.legal_basis"), word(`contacts.legal_basis_${contact.legal_basis}`)],
          [t("contacts.purpose"), word(`contacts.purpose_${contact.purpose}`)],
          clock && [
            t("contacts.retain"),
            <ClockLine view={view} kind="contact" id={contactId} clock={clock} />,
          ],
          [
            t("access.recipients"),
            [
              ...operator ? [`${operator.name} (${operator.country})`] : [],
              ...recipients.map(({ name, countries }) => `${name} (${countries.join(", ")})`),
            ].join(", ") || t("access.held_no_recipient"),
          ],
        ]}
      />
    </Panel>
  );
};

/** Who has opened the record, by day. */
const Looks = (
  { view, contactId, seen }: Pick<Props, "view" | "contactId" | "seen">,
) => {
  const { t, format } = view;
  const older = seen.next && query(path`/contacts/${contactId}/access`, {
    seen: `${seen.next.day}_${seen.next.userId}`,
  });
  return (
    <Panel title={t("access.looks_title")} id="looks">
      <p class="hint">{t("access.looks_hint")}</p>
      <DataTable<Look>
        view={view}
        caption={t("access.looks_title")}
        rows={seen.looks}
        empty={<p>{t("access.looks_none")}</p>}
        columns={[
          { key: "day", header: t("access.field_day"), cell: ({ day }) => format.date(day) },
          { key: "name", header: t("access.looks_name"), cell: ({ name }) => name },
        ]}
      />
      {older ? <a href={`${older}#looks`}>{t("access.looks_older")}</a> : null}
    </Panel>
  );
};
