/** Exports: the form, and what went out before. */
import type { Export, Format, Kind, Purpose } from "../db/exports.ts";
import { query } from "./path.ts";
import { Badge } from "./ui/badge.tsx";
import { Button } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { EmailField, FieldRow, HiddenField, RadioGroup, Select, TextField } from "./ui/field.tsx";
import { Form, FormActions, type FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Pager } from "./ui/pager.tsx";
import { Panel } from "./ui/panel.tsx";
import { type Column, DataTable } from "./ui/table.tsx";
import { Nothing, Time } from "./ui/values.tsx";
import type { View } from "./view.ts";

interface Props {
  view: View;
  form: FormState;
  /** How many records were chosen on a list; null where all of a kind go out. */
  chosen: { count: number; most: number } | null;
  exports: readonly Export[];
  next: string | null;
  kinds: readonly Kind[];
  formats: readonly Format[];
  purposes: readonly Exclude<Purpose, "command_line">[];
  /** Days after which a copy has to be deleted. */
  keptDays: number;
}

const tones = { running: "accent", done: "ok", failed: "danger" } as const;

/** The form goes without htmx: its answer is a file. */
export const ExportPage = (
  { view, form, chosen, exports, next, kinds, formats, purposes, keptDays }: Props,
) => {
  const { t } = view;
  const field = { view, form };
  return (
    <>
      <PageHeader view={view} title={t("exports.title")} sub={t("exports.note")} />
      <Form
        view={view}
        form={form}
        action="/exports"
        boost={false}
        labels={{
          kind: t("exports.kind"),
          format: t("exports.format"),
          purpose: t("exports.purpose"),
          recipient: t("exports.recipient"),
          recipientEmail: t("exports.recipient_email"),
        }}
      >
        {chosen ? <Chosen view={view} form={form} {...chosen} /> : null}
        <FieldRow>
          {chosen ? null : (
            <RadioGroup
              {...field}
              name="kind"
              label={t("exports.kind")}
              required
              options={kinds.map((value) => ({ value, label: t(`exports.kind_${value}`) }))}
            />
          )}
          <RadioGroup
            {...field}
            name="format"
            label={t("exports.format")}
            required
            options={formats.map((value) => ({
              value,
              label: t(`exports.${value}`),
              hint: t(`exports.${value}_hint`),
            }))}
          />
          <Select
            {...field}
            name="purpose"
            label={t("exports.purpose")}
            hint={t("exports.purpose_hint")}
            required
            empty={t("exports.choose")}
            options={purposes.map((value) => ({ value, label: t(`exports.purpose_${value}`) }))}
          />
        </FieldRow>
        <FieldRow>
          <TextField
            {...field}
            name="recipient"
            label={t("exports.recipient")}
            hint={t("exports.recipient_hint")}
            size="l"
            maxlength={200}
          />
          <EmailField {...field} name="recipientEmail" label={t("exports.recipient_email")} />
        </FieldRow>
        <p class="hint">{t("exports.delete_hint", { days: keptDays })}</p>
        <FormActions>
          <Button view={view} label={t("exports.create")} variant="primary" icon="download" />
        </FormActions>
      </Form>
      <Panel title={t("exports.history")}>
        <DataTable
          view={view}
          caption={t("exports.caption")}
          columns={columns(view, keptDays)}
          rows={exports}
          phoneLine={(each) => t(`exports.purpose_${each.purpose}`)}
          empty={<EmptyState title={t("exports.empty_title")} text={t("exports.empty_text")} />}
        />
        <Pager
          view={view}
          previous={view.path.includes("after=") ? "/exports" : null}
          next={next ? query("/exports", { after: next }) : null}
        />
      </Panel>
    </>
  );
};

/** What was chosen on a list, in words and for the form to send again. */
const Chosen = (
  { view, form: { values }, count, most }: {
    view: View;
    form: FormState;
    count: number;
    most: number;
  },
) => {
  const { t } = view;
  const text = count === 0
    ? t("exports.chosen_none")
    : count > most
    ? t("exports.chosen_more", { most })
    : t("exports.chosen", { count });
  return (
    <>
      <p>
        <strong>{text}</strong> <a href="/exports">{t("exports.chosen_whole")}</a>
      </p>
      {["kind", "list", "all", "ids"].flatMap((name) =>
        [values[name] ?? []].flat().filter(Boolean).map((value) => (
          <HiddenField name={name} value={value} />
        ))
      )}
    </>
  );
};

function columns(view: View, keptDays: number): Column<Export>[] {
  const { t } = view;
  return [
    {
      key: "kind",
      header: t("exports.kind"),
      cell: ({ kind, format }) => `${t(`exports.kind_${kind}`)}, ${t(`exports.${format}`)}`,
    },
    {
      key: "extent",
      header: t("exports.extent"),
      priority: 2,
      cell: ({ extent }) => t(`exports.extent_${extent}`),
    },
    {
      key: "rows",
      header: t("exports.rows"),
      align: "end",
      cell: ({ rows }) => (rows === null ? <Nothing view={view} /> : view.format.number(rows)),
    },
    {
      key: "purpose",
      header: t("exports.purpose"),
      priority: 2,
      cell: ({ purpose }) => t(`exports.purpose_${purpose}`),
    },
    {
      key: "by",
      header: t("exports.by"),
      priority: 2,
      cell: ({ createdByName, purpose }) =>
        createdByName ?? (purpose === "command_line" ? t("exports.command_line") : ""),
    },
    {
      key: "when",
      header: t("exports.when"),
      priority: 2,
      cell: ({ createdAt }) => <Time view={view} moment={createdAt} as="dateTime" />,
    },
    {
      key: "delete_by",
      header: t("exports.delete_by"),
      priority: 2,
      cell: ({ createdAt }) => (
        <Time
          view={view}
          moment={new Date(createdAt.getTime() + keptDays * 86_400_000)}
          as="date"
        />
      ),
    },
    {
      key: "status",
      header: t("exports.status"),
      cell: ({ status }) => <Badge label={t(`exports.status_${status}`)} tone={tones[status]} />,
    },
  ];
}
