/** Where to complain (clause 6.7): the provider's own authority first, then any other. */
import type { Authority, Land } from "../db/authorities.ts";
import { MailLink } from "./imprint.tsx";
import { Button } from "./ui/button.tsx";
import { DescriptionList } from "./ui/descriptions.tsx";
import { FieldRow, Select } from "./ui/field.tsx";
import type { FormState } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Panel } from "./ui/panel.tsx";
import type { View } from "./view.ts";

interface Props {
  view: View;
  /** Competent for the provider; several where its Land is not said. */
  own: readonly Authority[];
  /** Competent at the place that was asked for; null while none was. */
  found: readonly Authority[] | null;
  special: readonly Authority[];
  lands: readonly Land[];
  countries: readonly string[];
  form: FormState;
}

/** The page; its choice works by its address alone. */
export const ComplaintPage = (props: Props) => {
  const { view, own, found, special, lands, countries, form } = props;
  const { t } = view;
  const names = new Intl.DisplayNames(view.locale, { type: "region" });
  const options = countries.map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((a, b) => a.label.localeCompare(b.label, view.locale));
  return (
    <>
      <PageHeader view={view} title={t("complaints.title")} />
      <p>{t("complaints.text")}</p>
      {own.length > 0 && own.length < 3
        ? (
          <Panel title={t("complaints.own")}>
            {own.map((each) => <AuthorityCard view={view} authority={each} />)}
          </Panel>
        )
        : null}
      <Panel title={t("complaints.choose")} id="choose">
        <p>{t("complaints.choose_text")}</p>
        <form method="get" action="/privacy/complaint#choose">
          <FieldRow>
            <Select
              view={view}
              form={form}
              name="country"
              label={t("complaints.country")}
              options={options}
            />
            <Select
              view={view}
              form={form}
              name="land"
              label={t("complaints.land")}
              empty={t("complaints.land_any")}
              options={lands.map((value) => ({ value, label: t(`complaints.land_${value}`) }))}
            />
          </FieldRow>
          <div class="form-actions">
            <Button view={view} label={t("complaints.show")} variant="primary" />
          </div>
        </form>
        {found
          ? (
            <div class="statement" aria-live="polite">
              <h3>{t("complaints.found")}</h3>
              {found.map((each) => <AuthorityCard view={view} authority={each} />)}
            </div>
          )
          : null}
      </Panel>
      <Panel title={t("complaints.special")}>
        <details>
          <summary>{t("complaints.special_text")}</summary>
          {special.map((each) => <AuthorityCard view={view} authority={each} />)}
        </details>
      </Panel>
    </>
  );
};

/** How an authority is reached. */
const AuthorityCard = ({ view, authority }: { view: View; authority: Authority }) => {
  const { t, format } = view;
  const { name, address, email, phone, web, form } = authority;
  return (
    <section>
      <h4>{name}</h4>
      <DescriptionList
        items={[
          [t("complaints.address"), address],
          [t("imprint.email"), email ? <MailLink address={email} /> : null],
          [t("imprint.phone"), phone ? format.phone(phone) : null],
          [t("complaints.website"), web ? <Foreign href={web} /> : null],
          [t("complaints.form"), form ? <Foreign href={form} /> : null],
        ]}
      />
    </section>
  );
};

/** A link to another site, which does not learn where the reader came from. */
const Foreign = ({ href }: { href: string }) =>
  /^https?:\/\//.test(href)
    ? <a href={href} rel="noopener noreferrer external">{new URL(href).host}</a>
    : null;
