/** Products: the list, the form, and names suggested while typing. */
import type { Page } from "../db/pages.ts";
import type { Product, ProductFilter } from "../db/products.ts";
import { path, query } from "./path.ts";
import { Button, LinkButton, PostButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import {
  Checkbox,
  FieldRow,
  HiddenField,
  NumberField,
  Select,
  TextArea,
  TextField,
} from "./ui/field.tsx";
import { Filters, FilterSelect, FilterText } from "./ui/filters.tsx";
import { Form, FormActions, type FormState, valueOf } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Pager } from "./ui/pager.tsx";
import { DataTable } from "./ui/table.tsx";
import { Money } from "./ui/values.tsx";
import type { View } from "./view.ts";

/** The list, those on sale unless the others are asked for. */
export const ProductIndex = (
  { view, page, filter }: { view: View; page: Page<Product>; filter: ProductFilter },
) => {
  const { t, format } = view;
  const here = query("/products", { q: filter.q, sold: filter.active ? "" : "no" });
  const filtered = filter.q !== "" || !filter.active;
  return (
    <>
      <PageHeader
        view={view}
        title={t("products.title")}
        crumbs={[{ href: "/deals", label: t("deals.title") }]}
      >
        {view.can("exports.run")
          ? (
            <LinkButton
              view={view}
              href="/products/export"
              label={t("products.export")}
              icon="download"
              download
            />
          )
          : null}
        {view.can("products.manage")
          ? (
            <LinkButton
              view={view}
              href="/products/imports/new"
              label={t("product_imports.take")}
              icon="upload"
            />
          )
          : null}
        {view.can("products.manage")
          ? (
            <LinkButton
              view={view}
              href="/products/new"
              label={t("products.new")}
              icon="plus"
              variant="primary"
              shortcut="n"
            />
          )
          : null}
      </PageHeader>
      <Filters
        view={view}
        action="/products"
        active={Number(filter.q !== "") + Number(!filter.active)}
      >
        <FilterText view={view} name="q" label={t("products.search")} value={filter.q} />
        <FilterSelect
          view={view}
          name="sold"
          label={t("products.sold")}
          value={filter.active ? "" : "no"}
          options={[{ value: "no", label: t("products.inactive") }]}
        />
      </Filters>
      <DataTable
        view={view}
        caption={t("products.title")}
        columns={[
          { key: "name", header: t("products.name"), cell: ({ name }: Product) => name },
          {
            key: "number",
            header: t("products.number"),
            priority: 2,
            cell: ({ number }) => number,
          },
          { key: "unit", header: t("products.unit"), priority: 2, cell: ({ unit }) => unit },
          {
            key: "vat",
            header: t("items.vat_short"),
            align: "end",
            priority: 2,
            cell: ({ vatRate }) => format.percent(vatRate / 100),
          },
          {
            key: "price",
            header: t("products.price"),
            align: "end",
            cell: ({ priceCents, currency }) => (
              <Money view={view} cents={priceCents} currency={currency} />
            ),
          },
        ]}
        rows={page.rows}
        href={view.can("products.manage") ? ({ id }) => path`/products/${id}/edit` : undefined}
        empty={filtered
          ? <p>{t("products.none_found")}</p>
          : <EmptyState title={t("products.empty_title")} text={t("products.empty_text")} />}
      />
      <Pager
        view={view}
        previous={page.previous && query(here, { before: page.previous })}
        next={page.next && query(here, { after: page.next })}
      />
    </>
  );
};

/** The form of a product, new or old. */
export const ProductForm = (
  { view, form, action, id, currencies }: {
    view: View;
    form: FormState;
    action: string;
    id: string | null;
    currencies: readonly string[];
  },
) => {
  const { t } = view;
  const field = (name: string) => ({ view, form, name });
  const labels = {
    name: t("products.name"),
    number: t("products.number"),
    price: t("products.price"),
    vatRate: t("products.vat_rate"),
    currency: t("products.currency"),
    unit: t("products.unit"),
    description: t("products.description"),
  };
  return (
    <>
      <PageHeader
        view={view}
        title={t(id ? "products.edit" : "products.new")}
        crumbs={[{ href: "/products", label: t("products.title") }]}
      >
        {id
          ? (
            <PostButton
              view={view}
              action={path`/products/${id}/deletion`}
              label={t("products.remove")}
              icon="trash-2"
            />
          )
          : null}
      </PageHeader>
      <Form view={view} form={form} labels={labels} action={action}>
        {["id", "version"].map((name) => <HiddenField name={name} value={valueOf(form, name)} />)}
        <FieldRow>
          <TextField
            {...field("name")}
            label={labels.name}
            size="l"
            required
            maxlength={200}
            autofocus={valueOf(form, "_blank") !== ""}
          />
          <TextField {...field("number")} label={labels.number} size="s" maxlength={40} />
        </FieldRow>
        <FieldRow>
          <NumberField {...field("price")} label={labels.price} required maxlength={40} />
          <Select
            {...field("currency")}
            label={labels.currency}
            size="s"
            options={currencies.map((value) => ({ value, label: value }))}
          />
          <NumberField {...field("vatRate")} label={labels.vatRate} required maxlength={20} />
          <TextField
            {...field("unit")}
            label={labels.unit}
            hint={t("products.unit_hint")}
            size="s"
            maxlength={20}
          />
        </FieldRow>
        <TextArea
          {...field("description")}
          label={labels.description}
          hint={t("products.description_hint")}
        />
        <Checkbox
          {...field("active")}
          label={t("products.active")}
          hint={t("products.active_hint")}
        />
        <FormActions>
          <Button view={view} label={t(id ? "common.save" : "common.create")} variant="primary" />
          <LinkButton view={view} href="/products" label={t("common.cancel")} variant="quiet" />
        </FormActions>
      </Form>
    </>
  );
};

/** The offered names with their prices, as a part for a form. */
export const ProductNames = (
  { view, products }: { view: View; products: readonly Product[] },
) => (
  <>
    {products.map(({ name, priceCents, currency }) => (
      <option value={name}>{view.format.money(priceCents, currency)}</option>
    ))}
  </>
);
