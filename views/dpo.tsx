/** The officer's queue: what is due first comes first, with the decision to take. */
import type { Right } from "../db/letters.ts";
import { CaseFacts, type LinkedCase } from "./case_links.tsx";
import { RecognitionForms } from "./cases/corrections.tsx";
import { daysLeft, type OfficerAction } from "./mail/officers.tsx";
import { path } from "./path.ts";
import { Badge } from "./ui/badge.tsx";
import { LinkButton } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty.tsx";
import { FormActions } from "./ui/form.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Pager } from "./ui/pager.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

/** A right that is open, with what its case says of it. */
export interface QueuedItem {
  id: string;
  right: Right;
  number: string;
  receivedOn: string;
  targetOn: string;
  dueOn: string;
  /** Whether an authority seems to have written: none of our days is its own. */
  authority: boolean;
  /** Null while the clock rests. */
  daysLeft: number | null;
}

export interface Queue {
  controllerId: string;
  /** The tenant's name; null for the provider. */
  name: string | null;
  items: readonly QueuedItem[];
  /** Where the list goes on. */
  next: string | null;
}

/** A table for each controller whose officer one is. */
export const OfficerQueue = ({ view, queues }: { view: View; queues: readonly Queue[] }) => (
  <>
    <PageHeader view={view} title={view.t("officers.queue_title")} />
    {queues.map((queue) => <Items view={view} queue={queue} />)}
  </>
);

const Items = ({ view, queue }: { view: View; queue: Queue }) => {
  const { t, format, locale } = view;
  const name = queue.name ?? t("officers.queue_provider");
  return (
    <>
      <DataTable<QueuedItem>
        view={view}
        caption={name}
        showCaption
        rows={queue.items}
        href={({ id }) => path`/dpo/items/${id}`}
        empty={<EmptyState title={`${name}: ${t("officers.report_none")}`} />}
        phoneLine={(item) =>
          item.authority
            ? t("officers.letter_authority_mark")
            : `${format.date(item.dueOn)} · ${daysLeft(locale, item.daysLeft)}`}
        columns={[
          { key: "number", header: t("officers.report_head"), cell: ({ number }) => number },
          {
            key: "right",
            header: t("officers.report_rights"),
            cell: ({ right }) => t(`officers.right_${right}`),
          },
          {
            key: "received",
            header: t("officers.received_on"),
            priority: 3,
            cell: ({ receivedOn }) => format.date(receivedOn),
          },
          {
            key: "target",
            header: t("officers.internal_target"),
            priority: 3,
            cell: ({ targetOn, authority }) => authority ? "–" : format.date(targetOn),
          },
          {
            key: "due",
            header: t("officers.last_day"),
            priority: 2,
            cell: ({ dueOn, authority }) => authority ? "–" : format.date(dueOn),
          },
          {
            key: "left",
            header: t("officers.report_left"),
            priority: 2,
            cell: (item) =>
              item.authority
                ? <Badge label={t("officers.letter_authority_mark")} tone="warn" />
                : daysLeft(locale, item.daysLeft),
          },
        ]}
      />
      <Pager view={view} previous={null} next={queue.next} />
    </>
  );
};

/** An item with all that may be ordered about it. */
export const OfficerItem = (
  { view, about, id, actions, rights }: {
    /** Every right there is. */
    rights: readonly Right[];
    view: View;
    about: LinkedCase;
    id: string;
    actions: readonly OfficerAction[];
  },
) => {
  const { t } = view;
  return (
    <>
      <PageHeader
        view={view}
        title={t(`officers.right_${about.right}`)}
        sub={t("officers.case", { number: about.number })}
      />
      <CaseFacts view={view} about={about} />
      <FormActions>
        {actions.map((action) => (
          <LinkButton
            view={view}
            href={path`/dpo/items/${id}/${action}`}
            label={t(`officers.action_${action}`)}
          />
        ))}
      </FormActions>
      {about.sentence === "" || actions.length === 0 ? null : (
        <RecognitionForms
          view={view}
          action={path`/dpo/items/${id}/correction`}
          of={about.right}
          rights={rights}
        />
      )}
    </>
  );
};
