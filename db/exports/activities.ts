/** Reads activities for an export in batches from a cursor, and defines their table columns. */
import { fullName } from "../full_names.ts";
import type { Kind, Priority } from "../activities.ts";
import { visible } from "../activity_conditions.ts";
import type { Scope } from "../scope.ts";
import { type Column, column } from "./columns.ts";
import { batch } from "./records.ts";

export interface ExportedActivity {
  id: string;
  kind: Kind;
  subject: string;
  body: string;
  dueAt: Date | null;
  endsAt: Date | null;
  allDay: boolean;
  doneAt: Date | null;
  priority: Priority;
  /** Name of the responsible user; null if there is none. */
  owner: string | null;
  /** The recurrence rule of a series (RFC 5545). */
  rrule: string | null;
  contacts: string[];
  companies: string[];
  deals: string[];
  createdAt: Date;
  updatedAt: Date;
}

/** All living activities by when they happened, except those about restricted persons. */
export function activities(scope: Scope): AsyncIterable<ExportedActivity[]> {
  const { sql, tenantId } = scope;
  return sql<ExportedActivity[]>`
    select a.id, a.kind, a.subject, a.body, a.due_at, a.ends_at, a.all_day, a.done_at, a.priority,
      i.name as owner, a.rrule,
      array(
        select ${fullName("p")}
        from activity_links l
        join contacts p on p.tenant_id = l.tenant_id and p.id = l.contact_id and p.deleted_at is null
        where l.tenant_id = ${tenantId}
          and l.activity_id = a.id
          and l.direct
        order by p.sort_name, p.id
      ) as contacts,
      array(
        select o.name
        from activity_links l
        join companies o on o.tenant_id = l.tenant_id and o.id = l.company_id and o.deleted_at is null
        where l.tenant_id = ${tenantId}
          and l.activity_id = a.id
        order by o.sort_name, o.id
      ) as companies,
      array(
        select d.title
        from activity_links l
        join deals d on d.tenant_id = l.tenant_id and d.id = l.deal_id and d.deleted_at is null
        where l.tenant_id = ${tenantId}
          and l.activity_id = a.id
        order by d.sort_name, d.id
      ) as deals,
      a.created_at, a.updated_at
    from activities a
    left join users u on u.tenant_id = a.tenant_id and u.id = a.owner_id
    left join identities i on i.id = u.identity_id
    where a.tenant_id = ${tenantId}
      and ${visible(scope)}
      and not exists (
        select
        from activity_links l
        join contacts p on p.tenant_id = l.tenant_id and p.id = l.contact_id
        where l.tenant_id = ${tenantId}
          and l.activity_id = a.id
          and l.direct
          and p.restricted_at is not null
      )
    order by a.at, a.id
  `.cursor(batch);
}

/** The columns of the activities table. */
export function activityColumns(): Column<ExportedActivity>[] {
  return [
    column("ID", "ID", (a) => a.id, "code"),
    column("Kind", "Art", (a) => a.kind, "word"),
    column("Subject", "Betreff", (a) => a.subject),
    column("Due", "Fällig", (a) => a.dueAt, "moment"),
    column("End", "Ende", (a) => a.endsAt, "moment"),
    column("All day", "Ganztägig", (a) => a.allDay ? "1" : ""),
    column("Completed", "Erledigt", (a) => a.doneAt, "moment"),
    column("Priority", "Priorität", (a) => a.priority, "word"),
    column("Owner", "Zuständig", (a) => a.owner),
    column("Repetition", "Wiederholung", (a) => a.rrule),
    column("Persons", "Personen", (a) => a.contacts.join(", ")),
    column("Companies", "Firmen", (a) => a.companies.join(", ")),
    column("Deals", "Deals", (a) => a.deals.join(", ")),
    column("Note", "Notiz", (a) => a.body),
    column("Created", "Angelegt", (a) => a.createdAt, "moment"),
    column("Changed", "Geändert", (a) => a.updatedAt, "moment"),
  ];
}
