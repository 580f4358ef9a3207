/** What an officer can still order of decided rights, by answering; never who the person is. */
import type { StandingEffect } from "../../db/officer_effects.ts";
import type { Destination } from "../../db/transfers.ts";
import { formatter } from "../format.ts";
import { type Locale, translator } from "../i18n/translate.ts";
import { type Letter, letter } from "./letter.tsx";

interface About {
  locale: Locale;
  number: string;
  baseUrl: string;
}

/** The codes of a case's effects, and the words to order with. */
export function effectsLetter(
  { locale, number, effects, destinations, baseUrl, now }: About & {
    effects: readonly (Pick<StandingEffect, "right" | "order" | "liftOn"> & { code: string })[];
    /** To whom data may be sent. */
    destinations: readonly Destination[];
    now: Date;
  },
): Letter {
  const t = translator(locale);
  const format = formatter(locale, now);
  const has = (order: StandingEffect["order"]) => effects.some((each) => each.order === order);
  const allowed = destinations.flatMap(({ name, hosts }) =>
    hosts.map(({ host, port }) => `${name} (${port === 443 ? host : `${host}:${port}`})`)
  );
  return letter({
    locale,
    subject: t("officers.effects_subject", { number }),
    paragraphs: [
      t("officers.effects_text", { number }),
      ...(has("lift") ? [t("officers.effects_lift")] : []),
      ...(has("transfer")
        ? [
          allowed.length > 0
            ? t("officers.effects_transfer", { hosts: allowed.join(", ") })
            : t("officers.effects_nowhere"),
        ]
        : []),
    ],
    tasks: effects.map(({ right, code, order, liftOn }) => ({
      title: `${t(`officers.right_${right}`)}: Code ${code}${
        order === "lift"
          ? ` (${
            liftOn
              ? t("officers.effects_ends", { date: format.date(liftOn) })
              : t("officers.effects_endless")
          })`
          : ""
      }`,
      links: [],
    })),
    lines: [
      t("officers.effects_reply"),
      ...effects.filter(({ order }) => order === "lift" || allowed.length > 0).map((each) =>
        `${t(`officers.order_${each.order}`)} ${each.code}: ${
          t(`officers.order_${each.order}_what`)
        }`
      ),
      `${t("officers.order_note")}: …`,
    ],
    closing: [t("officers.letter_queue", { url: `${baseUrl}/dpo` })],
    baseUrl,
  });
}

/** That neither a decision nor an order is left. */
export function nothingLeft({ locale, number, baseUrl }: About): Letter {
  const t = translator(locale);
  return letter({
    locale,
    subject: t("officers.effects_subject", { number }),
    paragraphs: [t("officers.effects_none")],
    closing: [t("officers.letter_queue", { url: `${baseUrl}/dpo` })],
    baseUrl,
  });
}
