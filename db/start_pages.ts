/** The start page of a user, by one query: asking for each section by itself costs more than its rows. */
import { shown } from "./field_rights.ts";
import type { Notification } from "./notification_texts.ts";
import * as notifications from "./notifications.ts";
import type { Scope } from "./scope.ts";
import * as activities from "./start_activities.ts";
import * as changes from "./start_changes.ts";
import * as lists from "./start_lists.ts";
import { type Section, section } from "./start_sections.ts";

export interface StartPage {
  due: activities.Due;
  news: Section<Notification>;
  mails: Section<lists.OpenMail>;
  rotting: Section<lists.RottingDeal>;
  leads: Section<lists.Lead>;
  changed: Section<changes.ChangedRecord>;
}

/** What the session knows already, and what the user may see. */
export interface Wanted {
  /** Since when the user was away; null at the first visit. */
  awaySince: Date | null;
  /** Whether there are unread notifications. */
  unread: boolean;
}

interface Row {
  due: activities.DueJson[] | null;
  mails: lists.OpenMail[] | null;
  rotting: lists.RottingDeal[] | null;
  leads: lists.Lead[] | null;
  changed: changes.ChangedJson[] | null;
}

/** Everything that concerns the acting user at this moment, each section a few entries long. */
export async function find(scope: Scope, { awaySince, unread }: Wanted): Promise<StartPage> {
  const { sql } = scope;
  const [[row], news] = await Promise.all([
    sql<[Row]>`
      select ${activities.due(scope)} as due, ${lists.openMails(scope)} as mails,
        ${lists.rottingDeals(scope)} as rotting, ${lists.leads(scope)} as leads,
        ${awaySince ? changes.changed(scope, awaySince) : sql`null`} as changed
    `,
    unread
      ? notifications.list(scope, null, { unread: true, size: lists.size })
      : { rows: [], next: null },
  ]);
  return {
    due: activities.dueOf(row.due),
    news: { rows: news.rows, more: news.next !== null },
    mails: section(row.mails, lists.size),
    rotting: section(row.rotting?.map((deal) => shown(scope, "deal", deal)) ?? null, lists.size),
    leads: section(row.leads, lists.size),
    changed: changes.changedOf(scope, row.changed),
  };
}

/** Whether there is nothing to show. */
export const isBlank = ({ due, ...sections }: StartPage): boolean =>
  [...Object.values(due), ...Object.values(sections)].every(({ rows }) => rows.length === 0);

/** What a house has already; the first steps lead to what is missing. */
export interface Beginnings {
  records: boolean;
  colleagues: boolean;
}

/** How far the house has come; what lies in the trash was a beginning, too. */
export async function findBeginnings({ sql, tenantId }: Scope): Promise<Beginnings> {
  const [row] = await sql<[Beginnings]>`
    select
      exists (select from contacts where tenant_id = ${tenantId})
        or exists (select from companies where tenant_id = ${tenantId})
        or exists (select from deals where tenant_id = ${tenantId})
        or exists (select from activities where tenant_id = ${tenantId}) as records,
      exists (
        select
        from users
        where tenant_id = ${tenantId}
          and deactivated_at is null
        offset 1
      ) as colleagues
  `;
  return row;
}
