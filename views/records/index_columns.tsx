/** Columns that several lists have; plain function calls, as a page has hundreds of such cells. */
import type { Child } from "hono/jsx";
import type { Owner } from "../../db/choices.ts";
import type { Status } from "../../db/contacts.ts";
import type { Summary } from "../../db/record_lists.ts";
import { query } from "../path.ts";
import { Badge, Tags } from "../ui/badge.tsx";
import type { Column } from "../ui/table.tsx";
import { Call, Time } from "../ui/values.tsx";
import type { View } from "../view.ts";
import { statusTones } from "./choices.ts";

interface Summed {
  summary: Summary;
}

/** How persons and companies are reached, and where they are. */
export const reachColumns = <Row extends Summed & { id: string }>(
  view: View,
  kind: "contact" | "company",
): Column<Row>[] => [
  {
    key: "email",
    header: view.t("records.email"),
    priority: 2,
    wide: true,
    cell: ({ id, summary: { email } }) =>
      email && view.can("mail.send")
        ? (
          <a href={query("/messages/new", { [kind]: id, own: kind === "company" ? "1" : null })}>
            {email}
          </a>
        )
        : email ?? null,
  },
  {
    key: "phone",
    header: view.t("records.phone"),
    priority: 3,
    whole: true,
    cell: ({ summary }) => summary.phone ? Call({ view, phone: summary.phone }) : null,
  },
  {
    key: "city",
    header: view.t("records.city"),
    priority: 3,
    cell: ({ summary }) => summary.city ?? null,
  },
];

/** What is stuck on a record. */
export const tagColumn = <Row extends Summed>({ t }: View): Column<Row> => ({
  key: "tags",
  header: t("common.tags"),
  priority: 3,
  cell: ({ summary }) => summary.tags ? Tags({ tags: summary.tags }) : null,
});

/** The status of contacts and companies. */
export const statusColumn = <Row extends { status: Status }>({ t }: View): Column<Row> => {
  const made: Partial<Record<Status, Child>> = {};
  return {
    key: "status",
    header: t("records.status"),
    priority: 2,
    cell: ({ status }) =>
      made[status] ??= Badge({ label: t(`records.status_${status}`), tone: statusTones[status] }),
  };
};

/** When a record was last touched, and when it was made. */
export const momentColumns = <Row extends { lastTouchAt: Date; createdAt: Date }>(
  view: View,
): Column<Row>[] => [
  {
    key: "touch",
    header: view.t("records.last_touch"),
    priority: 3,
    sort: "touch",
    cell: ({ lastTouchAt }) => Time({ view, moment: lastTouchAt }),
  },
  {
    key: "created",
    header: view.t("records.created"),
    priority: 4,
    sort: "created",
    cell: ({ createdAt }) => Time({ view, moment: createdAt }),
  },
];

/** Whose record it is. */
export const ownerColumn = <Row extends { ownerId: string | null }>(
  { t }: View,
  owners: readonly Owner[],
): Column<Row> => ({
  key: "owner",
  header: t("records.owner"),
  priority: 3,
  cell: ({ ownerId }) => owners.find(({ id }) => id === ownerId)?.name ?? null,
});
