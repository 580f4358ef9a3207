/** The list of imports, and the page that takes a file. */
import type { Import } from "../../db/imports.ts";
import { path, query } from "../path.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { FileField } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Pager } from "../ui/pager.tsx";
import { type Column, DataTable } from "../ui/table.tsx";
import { Nothing, Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { StatusBadge, Steps } from "./steps.tsx";

export const ImportIndex = (
  { view, imports, next }: { view: View; imports: readonly Import[]; next: string | null },
) => (
  <>
    <PageHeader view={view} title={view.t("imports.title")}>
      <LinkButton
        view={view}
        href="/imports/new"
        label={view.t("imports.new")}
        variant="primary"
        icon="upload"
      />
    </PageHeader>
    <DataTable
      view={view}
      caption={view.t("imports.caption")}
      columns={columns(view)}
      rows={imports}
      href={({ id }) => path`/imports/${id}`}
      phoneLine={({ createdAt }) => view.format.dateTime(createdAt)}
      empty={
        <EmptyState title={view.t("imports.empty_title")} text={view.t("imports.empty_text")}>
          <LinkButton view={view} href="/imports/new" label={view.t("imports.new")} icon="upload" />
        </EmptyState>
      }
    />
    <Pager
      view={view}
      previous={view.path.includes("after=") ? "/imports" : null}
      next={next ? query("/imports", { after: next }) : null}
    />
  </>
);

function columns(view: View): Column<Import>[] {
  const { t, format } = view;
  const count = (value: number | undefined) =>
    value === undefined ? <Nothing view={view} /> : format.number(value);
  return [
    { key: "file", header: t("imports.file"), cell: ({ fileName }) => fileName },
    {
      key: "status",
      header: t("imports.status"),
      cell: ({ status }) => <StatusBadge view={view} status={status} />,
    },
    {
      key: "contacts",
      header: t("imports.contacts"),
      align: "end",
      priority: 2,
      cell: ({ counts }) => count(counts.contacts),
    },
    {
      key: "companies",
      header: t("imports.companies"),
      align: "end",
      priority: 2,
      cell: ({ counts }) => count(counts.companies),
    },
    {
      key: "deals",
      header: t("imports.deals"),
      align: "end",
      priority: 3,
      cell: ({ counts }) => count(counts.deals),
    },
    {
      key: "rejected",
      header: t("imports.rejected"),
      align: "end",
      priority: 3,
      cell: ({ counts }) => count(counts.rejected),
    },
    {
      key: "when",
      header: t("imports.when"),
      priority: 2,
      cell: ({ createdAt }) => <Time view={view} moment={createdAt} as="dateTime" />,
    },
  ];
}

/** The first step. The form goes without htmx: a large file takes longer than a page may. */
export const ImportUpload = ({ view, form }: { view: View; form: FormState }) => {
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("imports.new")}
        crumbs={[{ href: "/imports", label: t("imports.title") }]}
      />
      <Steps view={view} current={0} />
      <Form
        view={view}
        form={form}
        multipart
        boost={false}
        labels={{ file: t("imports.choose_file") }}
      >
        <FileField
          view={view}
          form={form}
          name="file"
          label={t("imports.choose_file")}
          hint={t("imports.choose_file_hint")}
          accept=".xlsx,.xlsm,.xls,.xml,.html,.htm,.ods,.ots,.fods,.csv,.tsv,.txt,.tab,.vcf,.vcard,.ldif,.ldi,.json,text/csv,text/vcard,application/json"
          required
        />
        <p class="hint">{t("imports.after_30_days")}</p>
        <FormActions>
          <Button view={view} label={t("imports.upload")} variant="primary" icon="upload" />
          <LinkButton view={view} href="/imports" label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};
