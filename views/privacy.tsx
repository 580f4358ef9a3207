/** Who answers for personal data here, what is kept of users, for how long, and their rights. */
import type { Provider } from "../db/provider.ts";
import { MailLink, ProviderAddress } from "./imprint.tsx";
import { DescriptionList } from "./ui/descriptions.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Panel } from "./ui/panel.tsx";
import type { View } from "./view.ts";

type Shown = "session" | "link" | "mail" | "ip_address" | "log";

interface Props {
  view: View;
  provider: Provider;
  /** ISO 8601 durations from the retention classes that the jobs keep to. */
  periods: Record<Shown, string>;
}

/** The public page; its periods are those that the program enforces. */
export const PrivacyPage = ({ view, provider, periods }: Props) => {
  const { t, format } = view;
  const kept = (name: Shown) =>
    t(`privacy.kept_${name}`, { period: format.duration(periods[name]) });
  return (
    <>
      <PageHeader view={view} title={t("privacy.title")} />
      <Panel title={t("privacy.controller")}>
        <div class="statement">
          <ProviderAddress provider={provider} />
          <p>
            <MailLink address={provider.email} />
          </p>
          <p>{t("privacy.processor_text")}</p>
        </div>
      </Panel>
      <Panel title={t("privacy.dpo")}>
        <div class="statement">
          <p>
            {provider.dpoName}
            {", "}
            <MailLink address={provider.dpoEmail} />
          </p>
          <p>{t("privacy.rights_text")}</p>
        </div>
      </Panel>
      <Panel title={t("privacy.data")}>
        <div class="statement">
          <DescriptionList
            items={[
              [t("privacy.data_account"), t("privacy.kept_account")],
              [t("privacy.data_session"), kept("session")],
              [t("privacy.data_ip_address"), kept("ip_address")],
              [t("privacy.data_log"), kept("log")],
              [t("privacy.data_mail"), kept("mail")],
              [t("privacy.data_link"), kept("link")],
            ]}
          />
          <p>{t("privacy.cookie_text")}</p>
        </div>
      </Panel>
    </>
  );
};
