/** What a house without records may begin with, as a list of ways in. */
import type { Action } from "../../db/roles.ts";
import type { Beginnings } from "../../db/start_pages.ts";
import type { MessageKey } from "../i18n/translate.ts";
import { LinkButton } from "../ui/button.tsx";
import type { IconName } from "../ui/icon.tsx";
import { Panel } from "../ui/panel.tsx";
import type { View } from "../view.ts";

interface Step {
  href: string;
  action: Action;
  icon: IconName;
  label: MessageKey;
  text: MessageKey;
  done?: keyof Beginnings;
}

const steps: readonly Step[] = [
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
    href: "/settings/team/invitations",
    action: "users.manage",
    icon: "users",
    label: "start.step_team",
    text: "start.step_team_text",
    done: "colleagues",
  },
  {
    href: "/account#notifications",
    action: "contacts.read",
    icon: "bell",
    label: "notifications.choose",
    text: "start.step_notifications_text",
  },
];

/** Each step with what it brings; what is done already is left out. */
export const FirstSteps = ({ view, beginnings }: { view: View; beginnings: Beginnings }) => {
  const { t } = view;
  return (
    <Panel title={t("start.first_steps")} id="first-steps">
      <p class="hint">{t("start.first_steps_text")}</p>
      <ol class="steps-list">
        {steps.filter(({ action, done }) => view.can(action) && !(done && beginnings[done]))
          .map(({ href, icon, label, text }) => (
            <li>
              <LinkButton view={view} href={href} label={t(label)} icon={icon} />
              <p>{t(text)}</p>
            </li>
          ))}
      </ol>
    </Panel>
  );
};
