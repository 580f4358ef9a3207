/** The officer's queue: what ends first stands first, with what there is to decide. */
import type { OpenCase } from "../db/officer_cases.ts";
import { daysLeft } from "./mail/officers.tsx";
import { path, query } from "./path.ts";
import { EmptyState } from "./ui/empty.tsx";
import { PageHeader } from "./ui/page_header.tsx";
import { Pager } from "./ui/pager.tsx";
import { DataTable } from "./ui/table.tsx";
import type { View } from "./view.ts";

/** A case and the days until its last one. */
export type QueuedCase = OpenCase & { daysLeft: number };

export interface Queue {
  controllerId: string;
  /** The tenant's name; null for the provider. */
  name: string | null;
  cases: readonly QueuedCase[];
  more: boolean;
}

/** A table for each controller whose officer one is. */
export const OfficerQueue = (
  { view, queues }: { view: View; queues: readonly Queue[] },
) => (
  <>
    <PageHeader view={view} title={view.t("officers.queue_title")} />
    {queues.map((queue) => <Cases view={view} queue={queue} />)}
  </>
);

const Cases = ({ view, queue }: { view: View; queue: Queue }) => {
  const { t, format, locale } = view;
  const { cases, more, controllerId, name } = queue;
  const last = cases.at(-1);
  return (
    <>
      <DataTable<QueuedCase>
        view={view}
        caption={name ?? t("officers.queue_provider")}
        showCaption
        rows={cases}
        empty={
          <EmptyState
            title={`${name ?? t("officers.queue_provider")}: ${t("officers.report_none")}`}
          />
        }
        phoneLine={({ dueOn, daysLeft: days }) =>
          `${format.date(dueOn)} · ${daysLeft(locale, days)}`}
        columns={[
          { key: "number", header: t("officers.report_head"), cell: ({ number }) => number },
          {
            key: "items",
            header: t("officers.report_rights"),
            cell: ({ items }) => (
              <ul class="plain">
                {items.map((item) => (
                  <li>
                    {t(`officers.right_${item.right}`)}: {item.actions.map((action, index) => (
                      <>
                        {index > 0 ? " · " : ""}
                        <a href={path`/dpo/items/${item.id}/${action}`}>
                          {t(`officers.action_${action}`)}
                        </a>
                      </>
                    ))}
                  </li>
                ))}
              </ul>
            ),
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
            cell: ({ targetOn }) => format.date(targetOn),
          },
          {
            key: "due",
            header: t("officers.last_day"),
            priority: 2,
            cell: ({ dueOn }) => format.date(dueOn),
          },
          {
            key: "left",
            header: t("officers.report_left"),
            priority: 2,
            cell: ({ daysLeft: days }) => daysLeft(locale, days),
          },
        ]}
      />
      <Pager
        view={view}
        previous={null}
        next={more && last
          ? query("/dpo", { of: controllerId, after: `${last.dueOn}_${last.id}` })
          : null}
      />
    </>
  );
};
