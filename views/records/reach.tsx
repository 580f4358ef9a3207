/** E-mail addresses, phone numbers and addresses: as rows of a form, and as lines of a record. */
import type { Address, ContactPoints } from "../../db/contact_points.ts";
import type { Channel } from "../../db/objections.ts";
import { Badge } from "../ui/badge.tsx";
import { CopyButton } from "../ui/copy.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { EmailField, PhoneField, Select, TextField } from "../ui/field.tsx";
import { type FormState, valueOf } from "../ui/form.tsx";
import { Rows } from "../ui/rows.tsx";
import type { View } from "../view.ts";
import { countryName, countryOptions, kindOptions } from "./choices.ts";

interface Props {
  view: View;
  form: FormState;
}

/** The three groups of rows, each growing and shrinking by its own buttons. */
export const ReachFields = ({ view, form }: Props) => (
  <>
    <EmailRows view={view} form={form} />
    <PhoneRows view={view} form={form} />
    <AddressRows view={view} form={form} />
  </>
);

const EmailRows = ({ view, form }: Props) => (
  <Rows
    view={view}
    form={form}
    group="emails"
    legend={view.t("records.emails")}
    addLabel={view.t("records.email_add")}
    removeLabel={view.t("records.email_remove")}
    row={(prefix, fresh) => (
      <>
        <EmailField
          view={view}
          form={form}
          name={`${prefix}.address`}
          label={view.t("records.email")}
          autofocus={fresh}
        />
        <Kind view={view} form={form} prefix={prefix} of="email" />
      </>
    )}
  />
);

const PhoneRows = ({ view, form }: Props) => (
  <Rows
    view={view}
    form={form}
    group="phones"
    legend={view.t("records.phones")}
    addLabel={view.t("records.phone_add")}
    removeLabel={view.t("records.phone_remove")}
    row={(prefix, fresh) => (
      <>
        <PhoneField
          view={view}
          form={form}
          name={`${prefix}.number`}
          label={view.t("records.phone")}
          maxlength={80}
          autofocus={fresh}
        />
        <Kind view={view} form={form} prefix={prefix} of="phone" />
      </>
    )}
  />
);

const AddressRows = ({ view, form }: Props) => (
  <Rows
    view={view}
    form={form}
    group="addresses"
    legend={view.t("records.addresses")}
    addLabel={view.t("records.address_add")}
    removeLabel={view.t("records.address_remove")}
    least={0}
    row={(prefix, fresh) => {
      const field = (name: string) => ({ view, form, name: `${prefix}.${name}` });
      return (
        <>
          <TextField
            {...field("street")}
            label={view.t("records.street")}
            size="l"
            maxlength={200}
            autofocus={fresh}
          />
          <TextField {...field("extra")} label={view.t("records.extra")} maxlength={200} />
          <TextField
            {...field("postalCode")}
            label={view.t("records.postal_code")}
            size="xs"
            maxlength={20}
          />
          <TextField {...field("city")} label={view.t("records.city")} maxlength={100} />
          <Select
            {...field("country")}
            label={view.t("records.country")}
            options={countryOptions(view.locale, valueOf(form, `${prefix}.country`))}
            empty="–"
          />
          <TextField
            {...field("poBox")}
            label={view.t("records.po_box")}
            size="s"
            maxlength={40}
          />
          <Kind view={view} form={form} prefix={prefix} of="address" />
          <input
            type="hidden"
            name={`${prefix}.region`}
            value={valueOf(form, `${prefix}.region`)}
          />
        </>
      );
    }}
  />
);

const Kind = (
  { view, form, prefix, of }: Props & { prefix: string; of: "email" | "phone" | "address" },
) => (
  <Select
    view={view}
    form={form}
    name={`${prefix}.kind`}
    label={view.t("records.kind")}
    size="s"
    options={kindOptions(view, of)}
  />
);

/** What is said of a way, by the objections that a person raised; null where it is open. */
function closedBy(way: "email" | "phone" | "address", objections: readonly Channel[]) {
  const has = (channel: Channel) => objections.includes("all") || objections.includes(channel);
  if (way !== "phone") {
    return has(way === "email" ? "email" : "post") ? "records.no_marketing" as const : null;
  }
  if (has("phone")) return has("sms") ? "records.no_marketing" as const : "records.no_calls";
  return has("sms") ? "records.no_texts" as const : null;
}

/** A record's contact details, one per line; a person's objections stand beside the channel they block. */
export const Reach = (
  { view, points, objections = [] }: {
    view: View;
    points: ContactPoints;
    objections?: readonly Channel[];
  },
) => {
  const { t, format } = view;
  const marked = (way: Parameters<typeof closedBy>[0]) => {
    const key = closedBy(way, objections);
    return key ? <Badge tone="warn" label={t(key)} /> : null;
  };
  if ([points.emails, points.phones, points.addresses].every(({ length }) => length === 0)) {
    return <p class="hint">{t("records.reach_none")}</p>;
  }
  return (
    <DescriptionList
      items={[
        ...points.emails.map(({ address, kind }) =>
          [
            `${t("records.email")} (${t(`records.kind_${kind}`)})`,
            <div class="reach">
              <a href={`mailto:${encodeURIComponent(address).replace("%40", "@")}`}>{address}</a>
              <CopyButton view={view} text={address} />
              {marked("email")}
            </div>,
          ] as const
        ),
        ...points.phones.map(({ number, kind }) =>
          [
            `${t("records.phone")} (${t(`records.kind_${kind}`)})`,
            <div class="reach">
              {number.startsWith("+")
                ? <a href={`tel:${number}`}>{format.phone(number)}</a>
                : <span>{number}</span>}
              <CopyButton view={view} text={format.phone(number)} />
              {marked("phone")}
            </div>,
          ] as const
        ),
        ...points.addresses.map((address) =>
          [
            `${t("records.address")} (${t(`records.kind_${address.kind}`)})`,
            <div class="reach">
              <AddressLines view={view} address={address} />
              <CopyButton view={view} text={t("records.address")} />
              <MapLink view={view} address={address} />
              {marked("address")}
            </div>,
          ] as const
        ),
      ].map(([name, value]) => [name, value])}
    />
  );
};

/** A link to a website; text that is no web address stays text. */
export const WebLink = ({ address }: { address: string }) =>
  /^https?:\/\//i.test(address)
    ? <a href={address} rel="noreferrer noopener">{address.replace(/^https?:\/\//i, "")}</a>
    : <span>{address}</span>;

/** To the map that the person's own device has; shown where there is one, on phones. */
const MapLink = ({ view, address }: { view: View; address: Address }) => {
  const { street, postalCode, city, country } = address;
  const place = [street, `${postalCode} ${city}`.trim(), country].filter(Boolean).join(", ");
  return street && city
    ? (
      <a class="map-link" href={`geo:0,0?q=${encodeURIComponent(place)}`}>
        {view.t("records.on_map")}
      </a>
    )
    : null;
};

/** An address as on an envelope; the country only when it is not Germany. */
const AddressLines = ({ view, address }: { view: View; address: Address }) => {
  const lines = [
    ...address.extra.split("\n"),
    address.street,
    address.poBox && `${view.t("records.po_box")} ${address.poBox}`,
    [address.postalCode, address.city].filter(Boolean).join(" "),
    address.region,
    address.country && address.country !== "DE" ? countryName(view.locale, address.country) : "",
  ].filter(Boolean);
  return (
    <address>
      {lines.map((line, i) => (
        <>
          {i > 0 ? <br /> : null}
          {line}
        </>
      ))}
    </address>
  );
};
