/** The provider's invoices, kept by law; only operators see them. */
import type { Invoice } from "../../db/customer_invoices.ts";
import { OperatorHead } from "../operator.tsx";
import { query } from "../path.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty.tsx";
import { DateField, FieldRow, NumberField, TextArea, TextField } from "../ui/field.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { DataTable } from "../ui/table.tsx";
import { Money } from "../ui/values.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  form: FormState;
  invoices: readonly Invoice[];
  next: string | null;
}

export const InvoiceIndex = ({ view, form, invoices, next }: Props) => {
  const { t, format } = view;
  const field = { view, form };
  const labels = {
    number: t("contracts.invoice_number"),
    slug: t("contracts.invoice_tenant"),
    customer: t("contracts.invoice_customer"),
    address: t("contracts.invoice_address"),
    issuedOn: t("contracts.issued_on"),
    amount: t("contracts.amount"),
  };
  return (
    <>
      <OperatorHead view={view} current="contracts" title={t("contracts.invoices")} />
      <div class="panel">
        <p class="hint">{t("contracts.invoices_hint")}</p>
        <DataTable<Invoice>
          view={view}
          caption={t("contracts.invoices")}
          rows={invoices}
          empty={<EmptyState title={t("contracts.no_invoices")} />}
          phoneLine={({ issuedOn }) => format.date(issuedOn)}
          columns={[
            { key: "number", header: labels.number, cell: ({ number }) => number },
            {
              key: "customer",
              header: labels.customer,
              priority: 2,
              cell: (each) => each.customer,
            },
            {
              key: "issued",
              header: labels.issuedOn,
              priority: 2,
              cell: ({ issuedOn }) => format.date(issuedOn),
            },
            {
              key: "amount",
              header: labels.amount,
              align: "end",
              cell: ({ cents, currency }) => (
                <Money
                  view={view}
                  cents={cents}
                  currency={currency}
                />
              ),
            },
            {
              key: "erase",
              header: t("contracts.erase_from"),
              priority: 2,
              cell: ({ eraseFrom }) => format.date(eraseFrom),
            },
          ]}
        />
        <Pager
          view={view}
          previous={view.path.includes("after=") ? "/operator/invoices" : null}
          next={next ? query("/operator/invoices", { after: next }) : null}
        />
      </div>
      <Panel title={t("contracts.add_invoice")}>
        <Form view={view} form={form} labels={labels} action="/operator/invoices">
          <FieldRow>
            <TextField {...field} name="number" label={labels.number} maxlength={50} required />
            <DateField {...field} name="issuedOn" label={labels.issuedOn} required />
            <NumberField
              {...field}
              name="amount"
              label={labels.amount}
              hint={t("contracts.amount_hint")}
              required
            />
          </FieldRow>
          <TextField
            {...field}
            name="slug"
            label={labels.slug}
            hint={t("contracts.invoice_tenant_hint")}
            maxlength={100}
            size="l"
            required
          />
          <TextField
            {...field}
            name="customer"
            label={labels.customer}
            maxlength={200}
            size="l"
            required
          />
          <TextArea {...field} name="address" label={labels.address} rows={3} />
          <FormActions>
            <Button view={view} label={t("contracts.add_invoice")} variant="primary" />
          </FormActions>
        </Form>
      </Panel>
    </>
  );
};
