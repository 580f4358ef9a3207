/** The small pages behind the links in the officer's mail: the case, and the decision to take. */
import type { Child } from "hono/jsx";
import type { Right } from "../db/letters.ts";
import type { DescribedItem } from "../db/officer_cases.ts";
import { daysLeft, type OfficerAction } from "./mail/officers.tsx";
import { RecognitionForms } from "./cases/corrections.tsx";
import { Button } from "./ui/button.tsx";
import { DescriptionList } from "./ui/descriptions.tsx";
import { HiddenField, TextArea, TextField } from "./ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

/** A request as the officer sees it behind a link. */
export interface LinkedCase {
  number: string;
  right: Right;
  channel: "form" | "email" | "post";
  personName: string;
  personEmail: string;
  /** Whether the person has confirmed that address. */
  confirmed: boolean;
  /** Calendar days. */
  receivedOn: string;
  targetOn: string;
  dueOn: string;
  /** Null while the clock rests. */
  daysLeft: number | null;
  /** Whether an authority seems to have written: none of our days is its own. */
  authority: boolean;
  /** Where the letter says it, and the whole letter. */
  sentence: string;
  text: string;
  /** The language that the person is written to in. */
  language: string;
}

interface Props {
  view: View;
  about: LinkedCase;
  action: OfficerAction;
  /** Whether the code of the mail is asked for. */
  coded: boolean;
  form: FormState;
  /** What else the order needs to be seen or said, as fields of its form. */
  extra?: Child;
  /** Where a misread right is corrected; rights that were ticked cannot be misread. */
  correction?: { action: string; rights: readonly Right[] };
}

/** What is ordered of which right; some orders concern the whole case. */
export const orderTitle = ({ t }: View, right: Right, action: OfficerAction): string =>
  action === "extend" || action === "person"
    ? t(`officers.action_${action}`)
    : `${t(`officers.right_${right}`)}: ${t(`officers.action_${action}`)}`;

/** Opening the link decides nothing; the button does. */
export const CaseLinkPage = (
  { view, about, action, coded, form, extra, correction }: Props,
) => {
  const { t } = view;
  const reasoned = action === "refuse" || action === "extend" || action === "identity" ||
    action === "identified";
  const labels = {
    reason: t("officers.reason"),
    paragraph: t("officers.paragraph"),
    code: t("officers.code"),
    nobody: t("findings.nobody"),
  };
  return (
    <>
      <PageHeader
        view={view}
        title={orderTitle(view, about.right, action)}
        sub={t("officers.case", { number: about.number })}
      />
      <CaseFacts view={view} about={about} />
      <Form view={view} form={form} labels={labels} boost={false}>
        {form.values.state ? <HiddenField name="state" value={valueOf(form, "state")} /> : null}
        {reasoned
          ? (
            <TextArea
              view={view}
              form={form}
              name="reason"
              label={labels.reason}
              hint={reasonHint(view, action, about)}
              rows={4}
              required
            />
          )
          : null}
        {action === "done" ? <p>{t("officers.done_hint")}</p> : null}
        {action === "refuse"
          ? (
            <TextField
              view={view}
              form={form}
              name="paragraph"
              label={labels.paragraph}
              hint={t("officers.paragraph_hint")}
              maxlength={200}
              size="l"
              required
            />
          )
          : null}
        {extra}
        {coded
          ? (
            <TextField
              view={view}
              form={form}
              name="code"
              label={labels.code}
              hint={t("officers.code_hint", { right: t(`officers.right_${about.right}`) })}
              inputmode="numeric"
              maxlength={8}
              size="s"
              required
            />
          )
          : null}
        <FormActions>
          <Button view={view} label={t(`officers.action_${action}`)} variant="primary" />
        </FormActions>
      </Form>
      {correction ? <RecognitionForms view={view} {...correction} of={about.right} /> : null}
    </>
  );
};

/** What a reason has to say; where the person reads it in another language, also in which. */
function reasonHint(
  { t, locale }: View,
  action: "refuse" | "extend" | "identity" | "identified",
  { language }: LinkedCase,
): string {
  if (action === "identified") return t("officers.identified_hint");
  const hint = t(
    action === "identity" ? "officers.identity_hint" : `officers.reason_hint_${action}`,
  );
  const theirs = language === "de" ? "de" : "en";
  return theirs === locale ? hint : `${hint} ${t(`officers.reason_language_${theirs}`)}`;
}

/** What the officer has to know of a request. */
export const CaseFacts = ({ view, about }: { view: View; about: LinkedCase }) => {
  const { t, format, locale } = view;
  return (
    <DescriptionList
      items={[
        [
          t("officers.received_on"),
          `${format.date(about.receivedOn)} ${t(`officers.channel_${about.channel}`)}`,
        ],
        [t("officers.person"), about.personName],
        [
          t("officers.address"),
          about.personEmail &&
          `${about.personEmail} (${
            t(about.confirmed ? "officers.address_confirmed" : "officers.address_unconfirmed")
          })`,
        ],
        about.authority
          ? [t("officers.letter_authority_mark"), t("officers.letter_authority")]
          : [t("officers.internal_target"), format.date(about.targetOn)],
        !about.authority && [
          t("officers.last_day"),
          `${format.date(about.dueOn)} (${daysLeft(locale, about.daysLeft)})`,
        ],
        [t("officers.sentence"), about.sentence],
        about.text !== "" && about.text !== about.sentence && [
          t("officers.whole_letter"),
          <details class="fold">
            <summary>{t("officers.whole_letter_show")}</summary>
            <p class="prose">{about.text}</p>
          </details>,
        ],
      ]}
    />
  );
};

export type End = OfficerAction | "approve_unnoted" | "corrected" | "gone" | "spent";

/** The title of the page after the decision. */
export const endTitle = (outcome: End) =>
  outcome === "gone" || outcome === "spent" ? "officers.gone_title" : "officers.done_title";

/** Shown after the decision and for links that are no longer valid: never an error, as nobody did anything wrong. */
export const CaseLinkEnd = (
  { view, outcome, item }: {
    view: View;
    outcome: End;
    /** What a link that is no longer valid was about, as it stands now. */
    item: Pick<DescribedItem, "number" | "right" | "status"> | null;
  },
) => {
  const { t } = view;
  return (
    <>
      <PageHeader view={view} title={t(endTitle(outcome))} />
      <p role="status">
        {t(
          outcome === "gone"
            ? "officers.gone_text"
            : outcome === "spent"
            ? "officers.code_spent"
            : outcome === "corrected"
            ? "officers.corrected"
            : `officers.done_${outcome}`,
        )}
      </p>
      {item
        ? (
          <p>
            {t("officers.stands", {
              number: item.number,
              right: t(`officers.right_${item.right}`),
              status: t(`cases.status_${item.status}`),
            })}
          </p>
        )
        : null}
    </>
  );
};
