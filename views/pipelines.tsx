/** The settings of pipelines: the list, their stages, and the forms of both. */
import type { Pipeline } from "../db/pipelines.ts";
import type { Stage } from "../db/stages.ts";
import { StageMark } from "./deals/marks.tsx";
import { path } from "./path.ts";
import { SettingsHead, SettingsTabs } from "./settings.tsx";
import { Button, LinkButton, PostButton } from "./ui/button.tsx";
import { HiddenField, TextField } from "./ui/field.tsx";
import { Notice } from "./ui/flash.tsx";
import { Form, FormActions, type FormState, valueOf } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Panel } from "./ui/panel.tsx";
import { type Column, DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

const base = "/settings/pipelines";

/** All pipelines of the tenant. */
export const PipelineIndex = (
  { view, pipelines }: { view: View; pipelines: readonly Pipeline[] },
) => {
  const { t } = view;
  return (
    <>
      <SettingsHead view={view} title={t("pipelines.title")}>
        <LinkButton
          view={view}
          href={`${base}/new`}
          label={t("pipelines.new")}
          icon="plus"
          shortcut="n"
          variant="primary"
        />
      </SettingsHead>
      <SettingsTabs view={view} current="pipelines" />
      <p>{t("pipelines.text")}</p>
      <DataTable
        view={view}
        caption={t("pipelines.title")}
        columns={[
          { key: "name", header: t("common.name"), cell: ({ name }: Pipeline) => name },
          {
            key: "stages",
            header: t("pipelines.stages"),
            cell: ({ stages }) => (
              <span class="stage-row">
                {stages.map((stage) => <StageMark stage={stage} />)}
              </span>
            ),
          },
        ]}
        rows={pipelines}
        href={({ id }) => path`/settings/pipelines/${id}`}
      />
    </>
  );
};

/** A new pipeline: a name; its first stages come by themselves. */
export const PipelineForm = ({ view, form }: { view: View; form: FormState }) => {
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("pipelines.new")}
        crumbs={[{ href: base, label: t("pipelines.title") }]}
      />
      <Form view={view} form={form} labels={{ name: t("common.name") }}>
        <HiddenField name="id" value={valueOf(form, "id")} />
        <TextField
          view={view}
          form={form}
          name="name"
          label={t("common.name")}
          hint={t("pipelines.new_hint")}
          required
          maxlength={60}
          size="l"
          autofocus
        />
        <FormActions>
          <Button view={view} label={t("common.create")} variant="primary" />
          <LinkButton view={view} href={base} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};

interface PageProps {
  view: View;
  pipeline: Pipeline;
  form: FormState;
  /** Why the last wish could not be followed. */
  told: string | null;
}

/** One pipeline: its name, its stages in order, and the way out of use. */
export const PipelinePage = ({ view, pipeline, form, told }: PageProps) => {
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={pipeline.name}
        crumbs={[{ href: base, label: t("pipelines.title") }]}
      >
        <PostButton
          view={view}
          action={path`/settings/pipelines/${pipeline.id}/deletion`}
          label={t("pipelines.remove")}
          icon="trash-2"
        />
      </PageHeader>
      {told ? <Notice view={view} kind="error" text={told} /> : null}
      <Panel
        title={t("pipelines.stages")}
        id="stages"
        actions={
          <LinkButton
            view={view}
            href={path`/settings/pipelines/${pipeline.id}/stages/new`}
            label={t("pipelines.stage_new")}
            icon="plus"
            variant="quiet"
          />
        }
      >
        <DataTable
          view={view}
          caption={t("pipelines.stages")}
          columns={stageColumns(view, pipeline.stages)}
          rows={pipeline.stages}
          href={({ id }) => path`/settings/stages/${id}`}
        />
      </Panel>
      <Panel title={t("pipelines.rename")} id="rename">
        <Form
          view={view}
          form={form}
          action={path`/settings/pipelines/${pipeline.id}`}
          labels={{ name: t("common.name") }}
        >
          <TextField
            view={view}
            form={form}
            name="name"
            label={t("common.name")}
            required
            maxlength={60}
            size="l"
          />
          <FormActions>
            <Button view={view} label={t("common.save")} variant="primary" />
          </FormActions>
        </Form>
      </Panel>
    </>
  );
};

const stageColumns = (view: View, stages: readonly Stage[]): Column<Stage>[] => {
  const { t, format } = view;
  const peers = (stage: Stage) => stages.filter(({ kind }) => kind === stage.kind);
  return [
    { key: "name", header: t("common.name"), cell: (stage) => <StageMark stage={stage} /> },
    {
      key: "kind",
      header: t("pipelines.kind"),
      priority: 2,
      cell: ({ kind }) => t(`records.status_${kind}`),
    },
    {
      key: "probability",
      header: t("deals.probability"),
      align: "end",
      priority: 2,
      cell: ({ probability }) => format.percent(probability),
    },
    {
      key: "rotting",
      header: t("pipelines.rotting_days"),
      align: "end",
      priority: 2,
      cell: ({ rottingDays }) => rottingDays === null ? null : format.number(rottingDays),
    },
    {
      key: "order",
      header: t("pipelines.order"),
      cell: (stage) => {
        const all = peers(stage);
        return (
          <div class="stage-order">
            {stage === all[0] ? null : <Shift view={view} stage={stage} forward={false} />}
            {stage === all.at(-1) ? null : <Shift view={view} stage={stage} forward />}
          </div>
        );
      },
    },
  ];
};

const Shift = ({ view, stage, forward }: { view: View; stage: Stage; forward: boolean }) => (
  <PostButton
    view={view}
    action={path`/settings/stages/${stage.id}/position`}
    fields={{ way: forward ? "forward" : "back" }}
    label={`${view.t(forward ? "pipelines.later" : "pipelines.earlier")}: ${stage.name}`}
    icon={forward ? "arrow-down" : "arrow-up"}
    iconOnly
    variant="quiet"
  />
);
