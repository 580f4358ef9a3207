/**
 * The accessibility statement in the form of German law (BFSG Annex 3, BITV 2.0 Section 7): how far
 * the pages conform, what is missing, how that was found, whom to contact, and who enforces it.
 */
import type { Land } from "../db/authorities.ts";
import type { Provider } from "../db/provider.ts";
import { MailLink, ProviderAddress, providerName } from "./imprint.tsx";
import { DescriptionList } from "./ui/descriptions.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Panel } from "./ui/panel.tsx";
import type { View } from "./view.ts";

/** The day on which the product was last gone through; its parts are tested at every change. */
const assessedOn = "2026-11-26";

/** What does not conform, or was not looked at: said, not hidden. */
const gaps = ["documents", "foreign", "people", "plain_language"] as const;

interface Props {
  view: View;
  /** Null while nothing is set up. */
  provider: Provider | null;
  /** Null where it is not said, and outside Germany. */
  land: Land | null;
}

export const AccessibilityPage = (props: Props) => {
  const { view, provider } = props;
  const { t, format } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("accessibility.title")}
        sub={t("accessibility.as_of", { date: format.date(assessedOn) })}
      />
      <div class="help statement">
        <p>
          {provider
            ? t("accessibility.lead", { provider: providerName(provider) })
            : t("accessibility.lead_unknown")}
        </p>
        <Panel title={t("accessibility.state")} id="state">
          <p>{t("accessibility.state_text")}</p>
        </Panel>
        <Panel title={t("accessibility.gaps")} id="gaps">
          <ul>
            {gaps.map((gap) => (
              <li>
                <b>{t(`accessibility.gap_${gap}`)}</b> {t(`accessibility.gap_${gap}_text`)}
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title={t("accessibility.how")} id="how">
          <p>{t("accessibility.how_text")}</p>
          <p>
            {t("accessibility.keyboard")} <a href="/keys">{t("keys.title")}</a>
          </p>
        </Panel>
        {provider ? <Feedback view={view} provider={provider} /> : null}
        <Enforcement {...props} />
      </div>
    </>
  );
};

const Feedback = ({ view, provider }: { view: View; provider: Provider }) => {
  const { t, format } = view;
  return (
    <Panel title={t("accessibility.feedback")} id="feedback">
      <p>{t("accessibility.feedback_text")}</p>
      <ProviderAddress provider={provider} />
      <DescriptionList
        items={[
          [t("imprint.email"), <MailLink address={provider.email} />],
          [t("imprint.phone"), format.phone(provider.phone)],
        ]}
      />
    </Panel>
  );
};

/** Since 2025 one body watches for all Länder; it was found in the statements of other providers. */
const Enforcement = ({ view, provider, land }: Props) => {
  const { t } = view;
  const country = provider?.country ?? "DE";
  return (
    <Panel title={t("accessibility.enforcement")} id="enforcement">
      {country === "DE"
        ? (
          <>
            <p>
              {land
                ? t("accessibility.enforcement_land", { land: t(`complaints.land_${land}`) })
                : t("accessibility.enforcement_germany")}
            </p>
            <address>
              {"Marktüberwachungsstelle der Länder für die Barrierefreiheit von Produkten und "}
              {"Dienstleistungen (MLBF)"}
              <br />
              {"c/o Ministerium für Arbeit, Soziales, Gesundheit und Gleichstellung Sachsen-Anhalt"}
              <br />
              {"Postfach 39 11 55, 39135 Magdeburg"}
            </address>
            <DescriptionList
              items={[
                [t("imprint.email"), <MailLink address="mlbf@ms.sachsen-anhalt.de" />],
                [t("imprint.phone"), view.format.phone("+493915676970")],
              ]}
            />
            <p class="hint">
              {t("accessibility.public_bodies")}{" "}
              <a
                href="https://lbit.hessen.de/buergerinnen-und-buerger/durchsetzungsstellen-der-laender"
                rel="noopener noreferrer external"
              >
                {t("accessibility.public_list")}
              </a>
            </p>
          </>
        )
        : (
          <p>
            {country === "AT"
              ? t("accessibility.enforcement_austria")
              : t("accessibility.enforcement_elsewhere")}
          </p>
        )}
    </Panel>
  );
};
