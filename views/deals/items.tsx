/** The lines of a deal: the panel with their sums, and the form that holds them all. */
import type { Calculation, PricedItem } from "../../db/deal_items.ts";
import { path, query } from "../path.ts";
import { Button, LinkButton } from "../ui/button.tsx";
import { Checkbox, HiddenField, NumberField, TextArea, TextField } from "../ui/field.tsx";
import { Form, FormActions, type FormState, valueOf } from "../ui/form.tsx";
import { OfferedField } from "../ui/offered_field.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import { Panel } from "../ui/panel.tsx";
import { countRows, RowButton } from "../ui/rows.tsx";
import { DataTable } from "../ui/table.tsx";
import { Money } from "../ui/values.tsx";
import type { View } from "../view.ts";

/** Lines read from one form: the most a deal takes, and some more, so that an excess can be reported. */
export const mostTyped = 1_000;

interface PanelProps {
  view: View;
  deal: { id: string; currency: string };
  calculation: Pick<Calculation, "items" | "gross" | "sums">;
  /** The draft of an offer that shows them, to which the form leads back. */
  offer?: string;
}

/** The current lines, with a link to change them. */
export const ItemsPanel = ({ view, deal, calculation, offer }: PanelProps) => {
  const { t } = view;
  const { items } = calculation;
  return (
    <Panel
      title={t("items.title")}
      id="items"
      actions={view.can("deals.write") && view.edits("deal", "amount")
        ? (
          <LinkButton
            view={view}
            href={query(path`/deals/${deal.id}/items`, { offer: offer ?? null })}
            label={t(items.length > 0 ? "items.edit" : "items.add")}
            icon={items.length > 0 ? "pencil" : "plus"}
            variant="quiet"
          />
        )
        : null}
    >
      <ItemTable view={view} currency={deal.currency} calculation={calculation} />
    </Panel>
  );
};

/** Lines and sums as a table. */
export const ItemTable = (
  { view, currency, calculation: { items, gross, sums } }: {
    view: View;
    currency: string;
    calculation: PanelProps["calculation"];
  },
) => {
  const { t, format } = view;
  const money = (cents: number) => <Money view={view} cents={cents} currency={currency} />;
  const percent = (hundredths: number) => format.percent(hundredths / 100);
  const quantity = (item: PricedItem) =>
    `${format.number(item.quantity / 1000)} ${item.unit}`.trim();
  return (
    <>
      <DataTable
        view={view}
        caption={t("items.title")}
        columns={[
          {
            key: "name",
            header: t("items.name"),
            cell: ({ name, description }: PricedItem) => (
              <>
                <span class="item-name">{name}</span>
                {description ? <small class="item-description">{description}</small> : null}
              </>
            ),
          },
          { key: "quantity", header: t("items.quantity"), align: "end", cell: quantity },
          {
            key: "price",
            header: t("items.price"),
            align: "end",
            priority: 2,
            cell: ({ priceCents }) => money(priceCents),
          },
          {
            key: "discount",
            header: t("items.discount"),
            align: "end",
            priority: 2,
            cell: ({ discount }) => discount > 0 ? percent(discount) : "",
          },
          {
            key: "vat",
            header: t("items.vat_short"),
            align: "end",
            priority: 3,
            cell: ({ vatRate }) => percent(vatRate),
          },
          {
            key: "total",
            header: t("items.total"),
            align: "end",
            cell: ({ cents }) => money(cents),
          },
        ]}
        rows={items}
        empty={<p>{t("items.none")}</p>}
      />
      {items.length === 0 ? null : (
        <dl class="item-sums">
          {gross ? null : (
            <div>
              <dt>{t("items.net_sum")}</dt>
              <dd>{money(sums.netCents)}</dd>
            </div>
          )}
          {sums.rates.map(({ vatRate, netCents, vatCents }) => (
            <div>
              <dt>
                {t(gross ? "items.vat_within" : "items.vat_upon", {
                  rate: percent(vatRate),
                  net: format.money(netCents, currency),
                })}
              </dt>
              <dd>{money(vatCents)}</dd>
            </div>
          ))}
          <div class="item-whole">
            <dt>{t("items.gross_sum")}</dt>
            <dd>{money(sums.grossCents)}</dd>
          </div>
        </dl>
      )}
    </>
  );
};

/** The form: a row for each line, and an empty one to go on with. */
export const ItemsForm = (
  { view, form, deal, most, back }: {
    view: View;
    form: FormState;
    deal: { id: string; title: string; currency: string };
    /** Lines that a deal may have. */
    most: number;
    /** Where the person came from. */
    back: string;
  },
) => {
  const { t } = view;
  const rows = countRows(form.values, "items", 1, mostTyped);
  const labels = {
    "items.name": t("items.name"),
    "items.price": t("items.price"),
    "items.quantity": t("items.quantity"),
    "items.discount": t("items.discount_percent"),
    "items.vatRate": t("items.vat_rate"),
    "items.unit": t("items.unit"),
    "items.description": t("items.description"),
  };
  return (
    <>
      <PageHeader
        view={view}
        title={t("items.edit")}
        crumbs={[
          { href: "/deals", label: t("deals.title") },
          { href: path`/deals/${deal.id}`, label: deal.title },
        ]}
      />
      <Form view={view} form={form} labels={labels}>
        <HiddenField name="version" value={valueOf(form, "version")} />
        <p class="hint">{t("items.amount_follows")} {t("items.name_hint")}</p>
        {Array.from(
          { length: rows },
          (_, at) => (
            <ItemRow
              view={view}
              form={form}
              at={at}
              last={at === rows - 1}
              currency={deal.currency}
            />
          ),
        )}
        {rows < most
          ? (
            <Button
              view={view}
              label={t("items.add")}
              icon="plus"
              variant="quiet"
              name="_add"
              value="items"
              formnovalidate
            />
          )
          : <p class="hint">{t("items.too_many", { max: most })}</p>}
        <Checkbox view={view} form={form} name="gross" label={t("items.gross")} />
        <FormActions>
          <Button view={view} label={t("common.save")} variant="primary" />
          <LinkButton
            view={view}
            href={back}
            label={t("common.cancel")}
            variant="quiet"
          />
        </FormActions>
      </Form>
      <datalist id="product-names" />
    </>
  );
};

const ItemRow = (
  { view, form, at, last, currency }: {
    view: View;
    form: FormState;
    at: number;
    last: boolean;
    currency: string;
  },
) => {
  const { t } = view;
  const prefix = `items.${at}`;
  const field = (name: string) => ({ view, form, name: `${prefix}.${name}` });
  const fresh = `${prefix}.` in form.values;
  const line = t("items.line", { number: at + 1 });
  const row = { view, group: "items", at, formaction: `${view.path}#${prefix.replace(".", "-")}` };
  return (
    <fieldset class="item-row quiet" id={prefix.replace(".", "-")}>
      <legend>{line}</legend>
      <div class="field-row">
        <OfferedField
          {...field("name")}
          from="/products/names"
          list="product-names"
          label={t("items.name")}
          maxlength={200}
          autofocus={fresh}
        />
        <NumberField
          {...field("quantity")}
          label={t("items.quantity")}
          size="xs"
          maxlength={20}
          placeholder="1"
        />
        <TextField {...field("unit")} label={t("items.unit")} size="xs" maxlength={20} />
        <NumberField
          {...field("price")}
          label={`${t("items.price")} (${currency})`}
          maxlength={40}
        />
        <NumberField
          {...field("discount")}
          label={t("items.discount_percent")}
          size="xs"
          maxlength={20}
        />
        <NumberField {...field("vatRate")} label={t("items.vat_rate")} size="xs" maxlength={20} />
        <div class="item-actions">
          {at > 0 ? <RowButton {...row} name="_up" label={t("items.up")} icon="arrow-up" /> : null}
          {last
            ? null
            : <RowButton {...row} name="_down" label={t("items.down")} icon="arrow-down" />}
          <RowButton {...row} name="_remove" label={t("items.remove")} icon="x" />
        </div>
      </div>
      <details class="fold" open={valueOf(form, `${prefix}.description`) !== ""}>
        <summary>{t("items.description")}</summary>
        <TextArea {...field("description")} label={t("items.description")} rows={2} hideLabel />
      </details>
    </fieldset>
  );
};
