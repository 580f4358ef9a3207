/** Files on a record: the panel on its page, and the page with all of them. */
import type { Refusal } from "../db/file_intake.ts";
import type { FileRow } from "../db/files.ts";
import type { Page } from "../db/pages.ts";
import { errorText } from "./i18n/translate.ts";
import { path, query } from "./path.ts";
import { Button, PostButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { FileField, HiddenField } from "./ui/field.tsx";
import { Notice } from "./ui/flash.tsx";
import { Form, FormActions, type FormState, unhurried } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Pager } from "./ui/pager.tsx";
import { Panel } from "./ui/panel.tsx";
import { Time } from "./ui/values.tsx";
import type { View } from "./view.ts";

/** A file that was sent and not taken, and why. */
export interface Refused {
  name: string;
  code: Refusal | "quota_full";
}

/** The record whose files they are. */
interface Owner {
  name: string;
  /** Its address. */
  href: string;
}

/** The newest files of a record, and the id of the form that adds some. */
export interface AttachedFiles {
  page: Page<FileRow>;
  form: string;
}

/** The panel on a record's page; `href` is the record's address. */
export const FilesPanel = (
  { view, href, files: { page, form } }: { view: View; href: string; files: AttachedFiles },
) => {
  const { t } = view;
  return (
    <Panel title={t("files.title")} id="files">
      {page.rows.length === 0
        ? <p class="hint">{t("files.none")}</p>
        : <FileList view={view} rows={page.rows} />}
      {page.next
        ? (
          <p>
            <a href={`${href}/files`}>{t("files.all")}</a>
          </p>
        )
        : null}
      {view.can("files.write")
        ? (
          <form
            method="post"
            action={`${href}/files`}
            enctype="multipart/form-data"
            class="upload"
            data-hx-config={unhurried}
          >
            <input type="hidden" name="id" value={form} />
            <label class="visually-hidden" for="files-new">{t("files.choose")}</label>
            <input type="file" id="files-new" name="files" multiple required />
            <Button view={view} label={t("files.upload")} icon="upload" />
          </form>
        )
        : null}
    </Panel>
  );
};

interface PageProps {
  view: View;
  record: Owner;
  page: Page<FileRow>;
  room: { left: number; quota: number };
  /** Bytes of one file. */
  largest: number;
  /** The new form's id. */
  form: string;
  /** What came of a form that was sent. */
  refused?: readonly Refused[];
  saved?: number;
  /** What is wrong with the form as a whole. */
  fault?: string | null;
}

/** All files of a record, a page at a time, and what became of those that were sent. */
export const FilesPage = (props: PageProps) => {
  const { view, record, page, refused = [], saved = 0, fault } = props;
  const { t } = view;
  const href = `${record.href}/files`;
  return (
    <>
      <PageHeader
        view={view}
        title={t("files.title")}
        crumbs={[{ href: record.href, label: record.name }]}
      />
      {saved > 0
        ? (
          <div role="status">
            <Notice view={view} kind="ok" text={t("files.saved", { count: saved })} />
          </div>
        )
        : null}
      {view.can("files.write") ? <Upload {...props} refused={refused} fault={fault} /> : null}
      {page.rows.length === 0
        ? <EmptyState title={t("files.none")} />
        : <FileList view={view} rows={page.rows} />}
      <Pager
        view={view}
        previous={page.previous && query(href, { before: page.previous })}
        next={page.next && query(href, { after: page.next })}
      />
    </>
  );
};

const Upload = (
  { view, record, room, largest, form, refused, fault }: PageProps & {
    refused: readonly Refused[];
  },
) => {
  const { t, format } = view;
  const state: FormState = { values: {}, errors: fault ? { files: fault } : {} };
  return (
    <>
      {refused.length > 0
        ? (
          <div class="error-summary" role="alert" tabindex={-1} autofocus>
            <p>{t("files.refused", { count: refused.length })}</p>
            <ul>
              {refused.map(({ name, code }) => (
                <li>
                  <strong>{name}</strong>: {errorText(
                    t,
                    code === "too_large"
                      ? `files.too_large?max=${format.bytes(largest)}`
                      : `files.${code}`,
                  )}
                </li>
              ))}
            </ul>
          </div>
        )
        : null}
      <Form
        view={view}
        form={state}
        action={`${record.href}/files`}
        multipart
        labels={{ files: t("files.choose") }}
      >
        <HiddenField name="id" value={form} />
        <FileField
          view={view}
          form={state}
          name="files"
          label={t("files.choose")}
          hint={t("files.hint", {
            max: format.bytes(largest),
            left: format.bytes(Math.max(0, room.left)),
            quota: format.bytes(room.quota),
          })}
          multiple
          required
        />
        <FormActions>
          <Button view={view} label={t("files.upload")} variant="primary" icon="upload" />
        </FormActions>
      </Form>
    </>
  );
};

/** The files, each with what it is, and a button to throw it away. */
const FileList = ({ view, rows }: { view: View; rows: readonly FileRow[] }) => (
  <ul class="files">
    {rows.map((file) => (
      <li id={`file-${file.id}`}>
        <div>
          <a href={path`/files/${file.id}`} download={file.name}>{file.name}</a>
          <p class="files-about">
            {fileKind(view, file.mediaType)}, {view.format.bytes(file.size)},{" "}
            <Time view={view} moment={file.at} />
            {file.createdByName ? `, ${file.createdByName}` : null}
          </p>
        </div>
        {view.can("files.delete")
          ? (
            <PostButton
              view={view}
              action={path`/files/${file.id}/deletion`}
              label={view.t("files.remove", { name: file.name })}
              icon="trash-2"
              variant="quiet"
              iconOnly
            />
          )
          : null}
      </li>
    ))}
  </ul>
);

const kinds: [
  RegExp,
  | "pdf"
  | "image"
  | "sheet"
  | "slides"
  | "document"
  | "text"
  | "archive"
  | "audio"
  | "video"
  | "mail",
][] = [
  [/^application\/pdf$/, "pdf"],
  [/^image\//, "image"],
  [/spreadsheet|ms-excel/, "sheet"],
  [/presentation|powerpoint/, "slides"],
  [/wordprocessing|msword|opendocument\.text|\/rtf$/, "document"],
  [/ms-outlook/, "mail"],
  [/^text\/|\/xml$/, "text"],
  [/zip|rar|7z|tar|gzip|compressed/, "archive"],
  [/^audio\//, "audio"],
  [/^video\//, "video"],
];

/** What a file is, in a word. */
export function fileKind({ t }: View, mediaType: string): string {
  const found = kinds.find(([pattern]) => pattern.test(mediaType))?.[1];
  return t(`files.kind_${found ?? "other"}`);
}
