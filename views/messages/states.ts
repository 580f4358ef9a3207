/** The state of a mail, in words and colours. */
import type { Message } from "../../db/message_views.ts";
import type { MessageState } from "../../db/messages.ts";
import type { Translate } from "../i18n/translate.ts";
import type { Tone } from "../ui/badge.tsx";

export const stateTones: Record<MessageState, Tone> = {
  draft: "neutral",
  received: "neutral",
  queued: "accent",
  sent: "ok",
  failed: "danger",
};

type Way = Pick<Message, "direction" | "state">;

/** Whether a mail has gone or come; one that has done neither was not sent yet. */
export const isThere = ({ state }: Pick<Way, "state">): boolean =>
  state === "sent" || state === "received";

/** Which way a mail went, or why it has gone none. */
export const wayOf = (t: Translate, mail: Way): string =>
  isThere(mail) ? t(`messages.direction_${mail.direction}`) : t(`outgoing.state_${mail.state}`);

const faults = [
  "auth",
  "certificate",
  "closed",
  "host",
  "not_encrypted",
  "permission",
  "private",
  "refused",
  "secret",
  "timeout",
  "unexpected",
] as const;
const bars = ["restricted", "objection", "suppressed", "withdrawn", "unknown"] as const;
const own = ["unclear", "files", "too_large", "no_recipient", "some_refused"] as const;

/** The recipients whom a code like `some_refused_0_2` means, in the order in which they are shown. */
export const refusedIn = <T>(code: string, recipients: readonly T[]): T[] =>
  (/^some_refused((?:_\d+)+)$/.exec(code)?.[1] ?? "").split("_").slice(1)
    .flatMap((at) => recipients[Number(at)] ?? []);

/** Why a mail did not go, or not to all: a server's answer is shown by its number. */
export function reasonOf(t: Translate, code: string): string {
  const gate = bars.find((bar) => code === `gate_${bar}`);
  if (gate) return t(`outgoing.bar_${gate}`);
  const fault = faults.find((each) => each === code);
  if (fault) return t(`mail_accounts.fault_${fault}`);
  const known = own.find((each) => each === code.replace(/(?:_\d+)+$/, ""));
  if (known) return t(`outgoing.reason_${known}`);
  const number = /^(?:smtp|bounce)_(\d[\d.]*)$/.exec(code)?.[1] ?? "";
  if (code.startsWith("bounce")) return t("outgoing.reason_bounce", { number });
  if (!number) return t("mail_accounts.fault_unexpected");
  return t(number.startsWith("4") ? "outgoing.reason_later" : "outgoing.reason_never", { number });
}
