/** The form of a stage, new or old. */
import type { Pipeline } from "../db/pipelines.ts";
import type { Colour, Stage, StageKind } from "../db/stages.ts";
import { stageKindOptions } from "./deals/choices.ts";
import { path } from "./path.ts";
import { Button, LinkButton, PostButton } from "./ui/button.tsx";
import { FieldRow, HiddenField, NumberField, Select, TextField } from "./ui/field.tsx";
import { Notice } from "./ui/flash.tsx";
import { Form, FormActions, type FormState, valueOf } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

interface Props {
  view: View;
  form: FormState;
  pipeline: Pick<Pipeline, "id" | "name">;
  /** The stage that is edited; null for a new one. */
  stage: Stage | null;
  colours: readonly Colour[];
  /** Why the last wish could not be followed. */
  told: string | null;
}

/** The page; won and lost stages neither rot nor have a probability of their own. */
export const StageForm = ({ view, form, pipeline, stage, colours, told }: Props) => {
  const { t } = view;
  const back = path`/settings/pipelines/${pipeline.id}`;
  const field = (name: string) => ({ view, form, name });
  const kind = (stage?.kind ?? valueOf(form, "kind")) as StageKind;
  const labels = {
    name: t("common.name"),
    kind: t("pipelines.kind"),
    probability: t("deals.probability"),
    rottingDays: t("pipelines.rotting_days"),
    colour: t("pipelines.colour"),
  };
  return (
    <>
      <PageHeader
        view={view}
        title={stage?.name ?? t("pipelines.stage_new")}
        crumbs={[
          { href: "/settings/pipelines", label: t("pipelines.title") },
          { href: back, label: pipeline.name },
        ]}
      >
        {stage
          ? (
            <PostButton
              view={view}
              action={path`/settings/stages/${stage.id}/deletion`}
              label={t("pipelines.stage_remove")}
              icon="trash-2"
            />
          )
          : null}
      </PageHeader>
      {told ? <Notice view={view} kind="error" text={told} /> : null}
      <Form view={view} form={form} labels={labels}>
        <HiddenField name="id" value={valueOf(form, "id")} />
        <FieldRow>
          <TextField
            {...field("name")}
            label={labels.name}
            required
            maxlength={60}
            size="l"
            autofocus={stage === null}
          />
          {stage
            ? null
            : <Select {...field("kind")} label={labels.kind} options={stageKindOptions(view)} />}
          <Select
            {...field("colour")}
            label={labels.colour}
            options={colours.map((value) => ({ value, label: t(`pipelines.colour_${value}`) }))}
          />
        </FieldRow>
        {stage && kind !== "open" ? null : (
          <FieldRow>
            <NumberField
              {...field("probability")}
              label={labels.probability}
              hint={t("pipelines.probability_hint")}
              inputmode="numeric"
            />
            <NumberField
              {...field("rottingDays")}
              label={labels.rottingDays}
              hint={t("pipelines.rotting_hint")}
              inputmode="numeric"
            />
          </FieldRow>
        )}
        <FormActions>
          <Button
            view={view}
            label={t(stage ? "common.save" : "common.create")}
            variant="primary"
          />
          <LinkButton view={view} href={back} label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};
