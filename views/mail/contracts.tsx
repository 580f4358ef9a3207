/** Letters about the end of a contract: to its owners, to the officer, to the provider. */
import type { Contract } from "../../db/contracts.ts";
import type { StepState } from "../../db/tenant_erasures.ts";
import { formatter } from "../format.ts";
import { type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

interface Person {
  locale: Locale;
  name: string;
  baseUrl: string;
}

const page = (baseUrl: string) => `${baseUrl}/settings/contract`;

/** The code that takes a notice back. */
export function contractCode({ code, ...person }: Person & { code: string }): Letter {
  const t = translator(person.locale);
  return letter({
    ...person,
    subject: t("contracts.mail_code_subject"),
    paragraphs: [t("contracts.mail_code_text")],
    lines: [code],
    closing: [t("contracts.mail_code_closing")],
  });
}

/** States that persons still wait for an answer, which is impossible once their data are gone. */
const unanswered = (locale: Locale, requests: number): string[] =>
  requests === 0 ? [] : [translator(locale)("contracts.open_requests", { count: requests })];

/** Confirms the notice with the days that follow from it. */
export function contractNotice(
  { tenant, contract, requests, now, ...person }: Person & {
    tenant: string;
    contract: Contract;
    /** Requests of persons that are open. */
    requests: number;
    now: Date;
  },
): Letter {
  const t = translator(person.locale);
  const { date } = formatter(person.locale, now);
  const day = (after: number) =>
    date(Temporal.PlainDate.from(contract.endsOn!).add({ days: after }).toString());
  return letter({
    ...person,
    subject: t("contracts.mail_notice_subject", { tenant }),
    paragraphs: [
      t("contracts.mail_notice_text", { tenant }),
      `– ${t("contracts.uses_until")}: ${date(contract.usesUntil!)}`,
      `– ${t("contracts.mail_read_until")}: ${day(0)}`,
      `– ${t("contracts.withdrawable_until")}: ${day(2)}`,
      `– ${t("contracts.erased_on")}: ${day(3)}`,
      `– ${t("contracts.certificate_until")}: ${day(25)}`,
    ],
    action: { label: t("contracts.mail_action"), url: page(person.baseUrl) },
    closing: [
      ...unanswered(person.locale, requests),
      t("contracts.mail_notice_closing"),
    ],
  });
}

/** Reminds of a turn of the contract that is near. */
export function contractReminder(
  { turn, on, requests, tenant, now, ...person }: Person & {
    turn: "read_only" | "end" | "erasure";
    on: string;
    /** Requests of persons that are open. */
    requests: number;
    tenant: string;
    now: Date;
  },
): Letter {
  const t = translator(person.locale);
  const date = formatter(person.locale, now).date(on);
  return letter({
    ...person,
    subject: t(`contracts.mail_${turn}_subject`, { tenant, date }),
    paragraphs: [
      t(`contracts.mail_${turn}_text`, { tenant, date }),
      ...unanswered(person.locale, requests),
    ],
    action: { label: t("contracts.mail_action"), url: page(person.baseUrl) },
  });
}

/** Reports an erasure's progress to officer and provider. */
export function erasureStanding(
  { tenantId, steps, occasion, baseUrl, now }: {
    tenantId: string;
    steps: readonly StepState[];
    occasion: "begun" | "step" | "late" | "done";
    baseUrl: string;
    now: Date;
  },
): Letter {
  const t = translator("de");
  const { date } = formatter("de", now);
  return letter({
    locale: "de",
    subject: t(`contracts.mail_standing_${occasion}`, {
      tenant: tenantId.slice(0, 8),
    }),
    paragraphs: [t("contracts.mail_standing_text", { tenant: tenantId })],
    lines: steps.map(({ step, state, dueOn, finishedAt }) =>
      `${t(`contracts.step_${step}`)}: ${
        state === "done" && finishedAt
          ? `${t("contracts.step_is_done")}, ${date(finishedAt)}`
          : `${t(`contracts.step_is_${state}`)}, ${t("contracts.due_on")} ${date(dueOn)}`
      }`
    ),
    baseUrl,
  });
}

/** The last letter to the tenant's owners: everything has been erased. */
export function erasureDone(
  { locale, tenant, baseUrl }: { locale: Locale; tenant: string; baseUrl: string },
): Letter {
  const t = translator(locale);
  return letter({
    locale,
    subject: t("contracts.mail_done_subject", { tenant }),
    paragraphs: [t("contracts.mail_done_text", { tenant })],
    baseUrl,
  });
}
