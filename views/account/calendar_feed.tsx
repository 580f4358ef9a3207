/** The user's own calendar for other programs: its address, created, renewed and closed. */
import type { Detail, Feed } from "../../db/calendar_feeds.ts";
import { Button, PostButton } from "../ui/button.tsx";
import { RadioGroup } from "../ui/field.tsx";
import { Notice } from "../ui/flash.tsx";
import { Form, FormActions, type FormState } from "../ui/form.tsx";
import { PageHeader } from "../ui/page_header.tsx";
import type { View } from "../view.ts";

interface Props {
  view: View;
  feed: Feed | null;
  /** The address just made; it is shown this once. */
  address: string | null;
}

const details: readonly Detail[] = ["subject", "busy"];

export const CalendarFeedPage = ({ view, feed, address }: Props) => {
  const { t, format } = view;
  const form: FormState = { values: { detail: feed?.detail ?? "subject" }, errors: {} };
  return (
    <>
      <PageHeader
        view={view}
        title={t("calendars.feed")}
        crumbs={[{ href: "/account", label: t("account.title") }]}
      />
      <div class="statement">
        <p>{t("calendars.feed_text")}</p>
        {address ? <Address view={view} address={address} /> : null}
        {feed && !address
          ? (
            <p>
              {t("calendars.feed_since", {
                date: format.date(feed.createdAt),
                detail: t(`calendars.feed_detail_${feed.detail}`),
              })}
            </p>
          )
          : null}
        <Form view={view} form={form} action="/account/calendar-feed">
          <RadioGroup
            view={view}
            form={form}
            name="detail"
            label={t("calendars.feed_detail")}
            hint={t("calendars.feed_privacy")}
            options={details.map((value) => ({
              value,
              label: t(`calendars.feed_detail_${value}`),
            }))}
          />
          <FormActions>
            <Button
              view={view}
              label={t(feed ? "calendars.feed_renew" : "calendars.feed_make")}
              variant="primary"
            />
          </FormActions>
        </Form>
        {feed
          ? (
            <PostButton
              view={view}
              action="/account/calendar-feed/removal"
              label={t("calendars.feed_close")}
              variant="danger"
            />
          )
          : null}
      </div>
    </>
  );
};

const Address = ({ view, address }: { view: View; address: string }) => (
  <>
    <Notice view={view} kind="warn" text={view.t("calendars.feed_copy")} />
    <div class="field">
      <label for="feed-address">{view.t("calendars.feed_address")}</label>
      <input id="feed-address" type="text" readonly value={address} autocomplete="off" />
    </div>
  </>
);
