/** Letters to the officer about the proofs: what is red, and that letters arrive. */
import type { ProofName } from "../../db/proofs.ts";
import { translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

/** Names the red proofs by their sentences; no figures, nothing personal. */
export function proofAlarm(
  { red, baseUrl }: { red: readonly ProofName[]; baseUrl: string },
): Letter {
  const t = translator("de");
  return letter({
    locale: "de",
    subject: t("proofs.mail_alarm_subject", { count: red.length }),
    paragraphs: [t("proofs.mail_alarm_text"), ...red.map((name) => `– ${t(`proofs.${name}`)}`)],
    action: { label: t("proofs.mail_alarm_action"), url: `${baseUrl}/privacy` },
    closing: [t("proofs.mail_alarm_closing")],
    baseUrl,
  });
}

/** A letter that only has to be taken by the officer's server. */
export function officerProbe({ baseUrl }: { baseUrl: string }): Letter {
  const t = translator("de");
  return letter({
    locale: "de",
    subject: t("proofs.mail_probe_subject"),
    paragraphs: [t("proofs.mail_probe_text")],
    baseUrl,
  });
}
