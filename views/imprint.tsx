/** The legal notice: who runs this installation (DDG 5). */
import type { Provider } from "../db/provider.ts";
import { DescriptionList } from "./ui/descriptions.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import type { View } from "./view.ts";

/** Name and form of the provider as they are written together. */
export const providerName = ({ name, legalForm }: Provider) =>
  legalForm && !name.endsWith(legalForm) ? `${name} ${legalForm}` : name;

/** The provider's postal address, a line each. */
export const ProviderAddress = ({ provider }: { provider: Provider }) => (
  <address>
    {providerName(provider)}
    <br />
    {provider.street}
    <br />
    {provider.country === "DE" ? "" : `${provider.country}-`}
    {`${provider.postalCode} ${provider.city}`}
  </address>
);

/** A link that writes to an address. */
export const MailLink = ({ address }: { address: string }) => (
  <a href={`mailto:${address}`}>{address}</a>
);

/** What the law wants known about a provider. */
export const ImprintPage = ({ view, provider }: { view: View; provider: Provider }) => {
  const { t } = view;
  return (
    <>
      <PageHeader view={view} title={t("imprint.title")} sub={t("imprint.source")} />
      <ProviderAddress provider={provider} />
      <DescriptionList
        items={[
          [t("imprint.email"), <MailLink address={provider.email} />],
          [t("imprint.phone"), view.format.phone(provider.phone)],
          [t("imprint.represented_by"), provider.representedBy],
          [t("imprint.register_entry"), provider.registerEntry],
          [t("imprint.vat_id"), provider.vatId],
        ]}
      />
    </>
  );
};
