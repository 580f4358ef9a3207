/** The preview of an answer to an access request: what it contains, and what is blacked out. */
import type { AccessPackage } from "../db/access_packages.ts";
import type { list, Look } from "../db/looks.ts";
import type { Clock } from "../db/record_clocks.ts";
import { isMessageKey } from "./i18n/translate.ts";
import { path, query } from "./path.ts";
import { ClockLine } from "./retentions/clock.tsx";
import { Button } from "./ui/button.tsx";
import { DescriptionList } from "./ui/descriptions.tsx";
import { CheckboxGroup, RadioGroup, TextArea } from "./ui/field.tsx";
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
  found: AccessPackage;
  seen: Awaited<ReturnType<typeof list>>;
  form: FormState;
}

/** The preview: tables with their number of rows, files, and the words to be made unreadable. */
export const AccessPackagePage = ({ view, contactId, clock, found, seen, form }: Props) => {
  const { t, format } = view;
  const field = (name: string) => ({ view, form, name });
  const name = found.person.names[0] || found.person.emails[0] || t("contacts.title");
  const further = found.files.length - shownFiles;
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
      <Form view={view} form={form} boost={false}>
        <RadioGroup
          {...field("language")}
          label={t("access.letter_language")}
          inline
          options={[
            { value: "de", label: t("access.language_de") },
            { value: "en", label: t("access.language_en") },
          ]}
        />
        <TextArea
          {...field("words")}
          label={t("access.words")}
          hint={t("access.words_hint")}
          rows={6}
        />
        {found.files.length > 0
          ? (
            <CheckboxGroup
              {...field("files")}
              label={t("access.files")}
              hint={[
                t("access.files_hint"),
                further > 0 ? t("access.files_further", { count: further }) : "",
              ].filter(Boolean).join(" ")}
              options={found.files.slice(0, shownFiles).map(({ id, name, size }) => ({
                value: id,
                label: name,
                hint: format.bytes(size),
              }))}
            />
          )
          : null}
        <FormActions>
          <Button view={view} label={t("access.download")} icon="download" variant="primary" />
        </FormActions>
      </Form>
      <Panel title={t("access.contents")} id="contents">
        <DataTable
          view={view}
          caption={t("access.contents")}
          columns={[
            {
              key: "table",
              header: t("access.table"),
              cell: ({ table }: AccessPackage["tables"][number]) => {
                const key = `access.table_${table}`;
                return isMessageKey(key) ? t(key) : table;
              },
            },
            {
              key: "count",
              header: t("access.count"),
              cell: ({ rows }) => format.number(rows.length),
            },
          ]}
          rows={found.tables}
        />
      </Panel>
      <Held view={view} contactId={contactId} clock={clock} found={found} />
      <Looks view={view} contactId={contactId} seen={seen} />
    </>
  );
};

/** Basis, source, period and recipients: what the person will ask first. */
const Held = (
  { view, contactId, clock, found }: Pick<Props, "view" | "contactId" | "clock" | "found">,
) => {
  const { t } = view;
  const [contact] = found.tables.find(({ table }) => table === "contacts")?.rows ?? [];
  const word = (key: string) => isMessageKey(key) ? t(key) : "";
  return (
    <Panel title={t("access.held")} id="held">
      <DescriptionList
        items={[
          [t("contacts.source"), String(contact?.source ?? "")],
          [t("contacts.legal_basis"), word(`contacts.legal_basis_${contact?.legal_basis}`)],
          [t("contacts.purpose"), word(`contacts.purpose_${contact?.purpose}`)],
          clock && [
            t("contacts.retain"),
            <ClockLine view={view} kind="contact" id={contactId} clock={clock} />,
          ],
          [
            t("access.recipients"),
            [
              ...found.operator ? [`${found.operator.name} (${found.operator.country})`] : [],
              ...found.recipients.map(({ name, countries }) => `${name} (${countries.join(", ")})`),
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

/** Files that can be left out on the page; what a person has beyond them is enclosed. */
export const shownFiles = 1_000;
