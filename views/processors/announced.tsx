/** Changes a customer is notified of before they take effect, and the form to object. */
import type { Change } from "../../db/processor_changes.ts";
import type { Announced } from "../../db/processor_objections.ts";
import type { Processor } from "../../db/processors.ts";
import { path } from "../path.ts";
import { SettingsHead, SettingsTabs } from "../settings.tsx";
import { Button, LinkButton, PostButton } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { TextArea, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";
import { ChangeList } from "./history.tsx";
import { introduction } from "./words.ts";

interface Props {
  view: View;
  announced: readonly Announced[];
  /** Those in the register: a new recipient is introduced. */
  processors: readonly Processor[];
  /** What happened so far, newest first. */
  changes: readonly Change[];
}

/** The page in the settings. */
export const AnnouncedPage = ({ view, announced, processors, changes }: Props) => {
  const { t } = view;
  return (
    <>
      <SettingsHead view={view} title={t("processors.announced_title")}>
        <LinkButton
          view={view}
          href="/privacy/processors"
          label={t("processors.announced_register")}
          variant="quiet"
        />
      </SettingsHead>
      <SettingsTabs view={view} current="processors" />
      <div class="panel">
        <p class="hint">{t("processors.announced_intro")}</p>
        {announced.length === 0 ? <EmptyState title={t("processors.announced_none")} /> : null}
        {announced.map((change) => (
          <>
            <ChangeList view={view} changes={[change]} />
            <Introduction view={view} change={change} processors={processors} />
            <Answer view={view} change={change} />
          </>
        ))}
      </div>
      <Panel title={t("processors.history")}>
        <ChangeList view={view} changes={changes} />
      </Panel>
    </>
  );
};

/** Who a new recipient is, what for and where: what the letter says too. */
const Introduction = (
  { view, change, processors }: Pick<Props, "view" | "processors"> & { change: Change },
) => {
  const recipient = processors.find(({ id }) => id === change.processorId);
  if (change.action !== "enabled" || !recipient) return null;
  return (
    <ul>
      {introduction(view, recipient).map((line) => <li>{line}</li>)}
    </ul>
  );
};

/** What the customer said, or the way to say it. */
const Answer = ({ view, change }: { view: View; change: Announced }) => {
  const { t, format } = view;
  const { objection } = change;
  if (objection) {
    const { name, reason, settledBy, answer } = objection;
    const date = format.dateTime(new Date(objection.objectedAt));
    const said = t("processors.objection_by", { name, reason, date });
    if (settledBy === "provider") {
      const day = format.dateTime(new Date(objection.settledAt!));
      return (
        <>
          <p>{said}</p>
          <Notice
            view={view}
            kind="warn"
            text={t("processors.objection_answered", { date: day, reason: answer })}
          />
          <p class="hint">{t("processors.objection_answered_effect")}</p>
        </>
      );
    }
    if (settledBy === null) {
      return (
        <>
          <Notice view={view} kind="warn" text={said} />
          <p class="hint">{t("processors.objection_stands")}</p>
          {view.can("agreements.accept")
            ? (
              <PostButton
                view={view}
                action={path`/settings/processors/${change.id}/objection/withdrawal`}
                label={t("processors.objection_withdraw")}
              />
            )
            : null}
        </>
      );
    }
  }
  if (!view.can("agreements.accept")) return <p class="hint">{t("processors.objection_owners")}</p>;
  return (
    <LinkButton
      view={view}
      href={path`/settings/processors/${change.id}/objection`}
      label={t("processors.objection_open", { processor: change.processorName })}
    />
  );
};

/** The form to object by. */
export const ObjectionPage = (
  { view, change, processors, form }: Pick<Props, "view" | "processors"> & {
    change: Change;
    form: FormState;
  },
) => {
  const { t } = view;
  const labels = { name: t("processors.objection_name"), reason: t("processors.objection_reason") };
  return (
    <>
      <PageHeader view={view} title={t("processors.objection_submit")} />
      <ChangeList view={view} changes={[change]} />
      <Introduction view={view} change={change} processors={processors} />
      <Form view={view} form={form} labels={labels}>
        <TextField
          {...{ view, form }}
          name="name"
          label={labels.name}
          autocomplete="name"
          maxlength={200}
          size="l"
          required
        />
        <TextArea
          {...{ view, form }}
          name="reason"
          label={labels.reason}
          hint={t("processors.objection_hint")}
          required
        />
        <FormActions>
          <Button view={view} label={t("processors.objection_submit")} variant="danger" />
        </FormActions>
      </Form>
    </>
  );
};
