/** A tenant's first steps: what to set up, ticked off automatically, and ways to begin. */
import type { FirstStep, FirstSteps as Steps } from "../../db/first_steps.ts";
import type { Action } from "../../db/roles.ts";
import type { MessageKey } from "../i18n/translate.ts";
import { LinkButton, PostButton } from "../ui/button.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";

interface Way {
  href: string;
  action: Action;
  icon: IconName;
  label: MessageKey;
  text: MessageKey;
}

/** What everybody may begin with where nothing is stored. */
const ways: readonly Way[] = [
  {
    href: "/imports/new",
    action: "imports.run",
    icon: "upload",
    label: "start.step_import",
    text: "start.step_import_text",
  },
  {
    href: "/contacts/new",
    action: "contacts.write",
    icon: "user",
    label: "contacts.new",
    text: "start.step_contact_text",
  },
  {
    href: "/account#notifications",
    action: "contacts.read",
    icon: "bell",
    label: "notifications.choose",
    text: "start.step_notifications_text",
  },
];

/** Where each step is taken. */
const places: Record<FirstStep, string> = {
  contacts: "/imports/new",
  samples: "/settings#samples",
  colleagues: "/settings/team/invitations",
  mail: "/settings/mailboxes",
  address: "/settings/requests/letterhead",
  agreement: "/settings/agreement",
  letterhead: "/settings/letterhead",
};

/** `steps` are for whoever sets up the tenant; `empty`: nothing is stored yet. */
export const FirstSteps = (
  { view, steps, empty }: { view: View; steps: Steps | null; empty?: boolean },
) => {
  const { t } = view;
  return (
    <Panel
      title={t("start.first_steps")}
      id="first-steps"
      count={steps ? countOf(view, steps) : undefined}
      actions={steps
        ? (
          <PostButton
            view={view}
            action="/start/steps/removal"
            label={t("start.steps_end")}
            variant="quiet"
          />
        )
        : null}
    >
      {empty ? <p class="hint">{t("start.first_steps_text")}</p> : null}
      {empty ? <Ways view={view} /> : null}
      {steps ? <Checklist view={view} steps={steps} /> : null}
      <p>
        <a href="/help">{t("start.step_help")}</a>
      </p>
    </Panel>
  );
};

const Ways = ({ view }: { view: View }) => (
  <ol class="steps-list">
    {ways.filter(({ action }) => view.can(action)).map(({ href, icon, label, text }) => (
      <li>
        <LinkButton view={view} href={href} label={view.t(label)} icon={icon} />
        <p>{view.t(text)}</p>
      </li>
    ))}
  </ol>
);

/** The tenant's steps; those that do not apply are left out. */
const entriesOf = (steps: Steps) =>
  (Object.entries(steps) as [FirstStep, boolean | null][])
    .filter((entry): entry is [FirstStep, boolean] => entry[1] !== null);

const countOf = ({ t }: View, steps: Steps): string => {
  const all = entriesOf(steps);
  return t("start.steps_done", { done: all.filter(([, done]) => done).length, all: all.length });
};

/** What is done has its tick and leads nowhere any more. */
const Checklist = ({ view, steps }: { view: View; steps: Steps }) => {
  const { t } = view;
  return (
    <ul class="checklist">
      {entriesOf(steps).map(([step, done]) => (
        <li class={done ? "checked" : undefined}>
          {done
            ? (
              <>
                <Icon view={view} name="circle-check" />
                <span>
                  {t(`start.setup_${step}`)}
                  <span class="visually-hidden">{` (${t("common.step_done")})`}</span>
                </span>
              </>
            )
            : (
              <>
                <span class="open-tick" aria-hidden="true" />
                <a href={places[step]}>{t(`start.setup_${step}`)}</a>
              </>
            )}
        </li>
      ))}
    </ul>
  );
};
