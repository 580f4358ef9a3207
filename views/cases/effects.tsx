/** The results of a right so far: an answer waiting to be fetched, a restriction and its end. */
import type { CaseItem } from "../../db/case_items.ts";
import type { Delivery } from "../../db/deliveries.ts";
import type { Proposed, Standing } from "../../db/rectifications.ts";
import type { Restriction } from "../../db/restrictions.ts";
import type { Transfer } from "../../db/transfers.ts";
import type { RecipientNotice } from "../../db/transmissions.ts";
import { path } from "../path.ts";
import { Button, PostButton } from "../ui/button.tsx";
import { DescriptionList } from "../ui/descriptions.tsx";
import { DateField } from "../ui/field.tsx";
import { emptyForm, Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";
import type { Desk } from "./desk.tsx";
import { Transfers } from "./transfers.tsx";
import { Recipients } from "./recipients.tsx";
import { Rectification } from "./rectification.tsx";

/** What there is of all rights of a case. */
export interface Effects {
  deliveries: readonly Delivery[];
  restrictions: readonly Restriction[];
  rectifications: readonly Proposed[];
  /** The person's current values, if something may be corrected. */
  standing: readonly Standing[];
  nextId: string;
  transfers: readonly Transfer[];
  recipients: readonly RecipientNotice[];
  destinations: readonly { id: string; name: string }[];
}

interface Props {
  view: View;
  desk: Desk;
  item: CaseItem;
  effects: Effects;
  /** With faults of the action that was refused; null while nothing was sent. */
  form: FormState | null;
}

/** Behind the item's facts; nothing where it has had no effect. */
export const ItemEffects = ({ view, desk, item, effects, form }: Props) => {
  const { t } = view;
  const delivery = effects.deliveries.find(({ itemId }) => itemId === item.id);
  const restriction = effects.restrictions.find(({ itemId }) => itemId === item.id);
  return (
    <>
      {item.right === "access" && !item.closedAt && desk.base !== "/operator/requests"
        ? (
          <p>
            <a href={desk.base + path`/items/${item.id}/redactions`}>{t("redactions.open")}</a>
          </p>
        )
        : null}
      {delivery ? <DeliveryFacts view={view} desk={desk} delivery={delivery} /> : null}
      {restriction
        ? (
          <RestrictionFacts
            view={view}
            desk={desk}
            item={item}
            restriction={restriction}
            form={form}
          />
        )
        : null}
      <Recipients
        view={view}
        desk={desk}
        itemId={item.id}
        notices={effects.recipients.filter(({ itemId }) => itemId === item.id)}
      />
      {item.right === "portability"
        ? (
          <Transfers
            view={view}
            desk={desk}
            item={item}
            transfers={effects.transfers.filter(({ itemId }) => itemId === item.id)}
            destinations={effects.destinations}
            form={form}
          />
        )
        : null}
      {item.right === "rectification"
        ? (
          <Rectification
            view={view}
            desk={desk}
            item={item}
            proposed={effects.rectifications.filter(({ itemId }) => itemId === item.id)}
            standing={effects.standing}
            nextId={effects.nextId}
            form={form}
          />
        )
        : null}
    </>
  );
};

const DeliveryFacts = (
  { view, desk, delivery }: Pick<Props, "view" | "desk"> & { delivery: Delivery },
) => {
  const { t, format } = view;
  return (
    <section aria-label={t("cases.delivery")}>
      <h3>{t("cases.delivery")}</h3>
      <DescriptionList
        items={[
          [
            t("cases.delivery_until"),
            delivery.destroyedAt
              ? t("cases.delivery_ended", { at: format.dateTime(delivery.destroyedAt) })
              : format.dateTime(delivery.expiresAt),
          ],
          [t("cases.delivery_downloads"), String(delivery.downloads)],
          [t("cases.delivery_sha"), <code>{delivery.sha256}</code>],
        ]}
      />
      {delivery.destroyedAt ? null : (
        <PostButton
          view={view}
          action={desk.base + path`/deliveries/${delivery.id}/access`}
          label={t("cases.delivery_access")}
        />
      )}
    </section>
  );
};

const RestrictionFacts = (
  { view, desk, item, restriction, form }: Omit<Props, "effects"> & { restriction: Restriction },
) => {
  const { t, format } = view;
  const { itemId, ground, imposedAt, liftOn, toldAt, liftedAt } = restriction;
  const at = desk.base + path`/items/${itemId}/restriction`;
  return (
    <section aria-label={t("cases.restriction")}>
      {item.right === "restriction" ? null : <h3>{t("cases.restriction")}</h3>}
      <DescriptionList
        items={[
          [t("cases.restriction_since"), format.dateTime(imposedAt)],
          [t("cases.restriction_contacts"), String(restriction.contacts)],
          [t("cases.restriction_ground"), t(`cases.ground_${ground}`)],
          [t("cases.restriction_ends_on"), liftOn && format.date(liftOn)],
          [t("cases.restriction_told_at"), toldAt && format.dateTime(toldAt)],
          [t("cases.restriction_lifted_at"), liftedAt && format.dateTime(liftedAt)],
        ]}
      />
      {liftedAt
        ? null
        : <EndForm view={view} action={`${at}/end`} form={form} isSet={liftOn !== null} />}
      {liftedAt
        ? null
        : <PostButton view={view} action={`${at}/removal`} label={t("cases.restriction_lift")} />}
      {form?.errors.lift ? <p role="alert" class="error">{t(faultKey(form.errors.lift))}</p> : null}
    </section>
  );
};

const faults = {
  "case.step": "cases.fault_step",
  "case.not_told": "cases.fault_not_told",
  "case.too_early": "cases.fault_too_early",
} as const;
const faultKey = (code: string) => faults[code as keyof typeof faults] ?? "cases.fault_step";

const EndForm = (
  { view, action, form, isSet }: {
    view: View;
    action: string;
    form: FormState | null;
    /** Whether an end has been announced, so that another one would replace it. */
    isSet: boolean;
  },
) => {
  const { t } = view;
  const labels = { on: t("cases.restriction_on") };
  return (
    <Form view={view} form={form ?? emptyForm} action={action} labels={labels}>
      <DateField
        view={view}
        form={form ?? emptyForm}
        name="on"
        label={labels.on}
        hint={t("cases.restriction_end_hint")}
        required
      />
      <FormActions>
        <Button
          view={view}
          label={t(isSet ? "cases.restriction_end_again" : "cases.restriction_end")}
        />
      </FormActions>
    </Form>
  );
};

/** Link and code of an answer, shown once to staff who pass them on separately. */
export const DeliveryAccess = (
  { view, desk, caseId, number, link, code }: {
    view: View;
    desk: Desk;
    caseId: string;
    number: string;
    link: string;
    code: string;
  },
) => {
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t("cases.delivery_access_title")}
        crumbs={[
          { href: desk.base, label: t("cases.title") },
          { href: desk.base + path`/${caseId}`, label: number },
        ]}
      />
      <p>{t("cases.delivery_access_text")}</p>
      <DescriptionList
        items={[
          [t("cases.delivery_access_link"), <code>{link}</code>],
          [t("cases.delivery_access_code"), <code>{`${code.slice(0, 4)}-${code.slice(4)}`}</code>],
        ]}
      />
    </>
  );
};
