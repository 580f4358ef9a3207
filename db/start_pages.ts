/**
 * A user's start page: one query brings the sections that usually have content; those that are
 * expensive to prepare and often empty are read only if it says that they have some.
 */
import { shown } from "./field_rights.ts";
import * as firstSteps from "./first_steps.ts";
import type { FirstSteps } from "./first_steps.ts";
import type { Notification } from "./notification_texts.ts";
import * as notifications from "./notifications.ts";
import type { RecordKind } from "./notifications.ts";
import * as objections from "./processor_objections.ts";
import type { Page } from "./pages.ts";
import type { Scope } from "./scope.ts";
import * as activities from "./start_activities.ts";
import * as additions from "./start_additions.ts";
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
  /** What a new tenant still has to do; null for users who do not set it up, or when done. */
  steps: FirstSteps | null;
  /** Whether a change of processors is announced, for users who may object to it. */
  announced: boolean;
}

/** What the session already knows, and what the user may see. */
export interface Wanted {
  /** Since when the user was away; null on the first visit. */
  awaySince: Date | null;
  /** How many unread notifications the session knows of. */
  unread: number;
  /** Whether they set the tenant up. */
  manages: boolean;
  /** Whether they may assign mails. */
  assigns: boolean;
  /** Whether no further queries are made in the scope. */
  last: boolean;
}

interface Row {
  due: activities.DueJson[] | null;
  /** The kinds of records that unread notifications are about. */
  news: RecordKind[] | null;
  mails: boolean;
  rotting: lists.RottingDeal[] | null;
  leads: lists.LeadsJson | null;
  changed: changes.ChangedJson[] | null;
  /** Whether others added anything to records meanwhile. */
  added: boolean;
  steps: FirstSteps | null;
  announced: boolean;
}

/**
 * What the first query last said about users: the kinds of records of their newest unread
 * notifications, whether mails were waiting and whether others had added anything. Those are read
 * beside that query, and again if it says otherwise.
 */
const lastShown = new Map<string, Pick<Row, "news" | "mails" | "added">>();
const mostUsers = 2_000;

function note(userId: string, { news, mails, added }: Row): void {
  if (lastShown.size >= mostUsers) lastShown.clear();
  lastShown.set(userId, { news, mails, added });
}

/**
 * Everything that concerns the acting user at the moment, each section a few entries long, and
 * whether the tenant is empty: checked only if there is nothing to show.
 */
export async function find(
  scope: Scope,
  { awaySince, unread, manages, assigns, last }: Wanted,
): Promise<StartPage & { empty: boolean }> {
  const { sql, actor } = scope;
  const newsAbout = (kinds: readonly RecordKind[]) =>
    notifications.list(scope, null, { unread: true, size: lists.size, kinds });
  const previous = lastShown.get(actor.userId!);
  const likely = unread ? previous?.news : null;
  const first = sql<[Row]>`
    select ${activities.due(scope)} as due, ${
    assigns ? lists.someWait(scope) : sql`false`
  } as mails,
      ${unread ? notifications.newestKinds(scope, lists.size) : sql`null`} as news,
      ${lists.rottingDeals(scope)} as rotting, ${lists.leads(scope)} as leads,
      ${awaySince ? changes.changed(scope, awaySince) : sql`null`} as changed,
      ${awaySince ? additions.some(scope, awaySince) : sql`false`} as added,
      ${manages ? firstSteps.column(scope) : sql`null`} as steps,
      ${manages ? objections.announced(scope) : sql`false`} as announced
  `.execute();
  const asks = Promise.all([
    first,
    likely ? newsAbout(likely) : null,
    previous?.mails ? lists.openMails(scope) : null,
    previous?.added && awaySince ? additions.latest(scope, awaySince) : null,
  ]);
  let concluded = last && previous !== undefined;
  if (concluded) scope.conclude();
  const [[row], early, waiting, added] = await asks;
  const missed = {
    news: row.news !== null && !(early && String(row.news) === String(likely)),
    mails: row.mails && !waiting,
    added: row.added && !added,
  };
  const resume = async () => {
    if (concluded) await scope.resume();
    concluded = false;
  };
  if (missed.news || missed.mails || missed.added) await resume();
  const [news, mails, additional] = await Promise.all([
    missed.news ? newsAbout(row.news!) : row.news && early || { rows: [], next: null },
    missed.mails ? lists.openMails(scope) : waiting ?? section<lists.OpenMail>(null, lists.size),
    missed.added ? additions.latest(scope, awaySince!) : added ?? { rows: [], more: false },
  ]);
  const found = {
    due: activities.dueOf(row.due),
    news: newsOf(news, unread),
    mails,
    rotting: section(row.rotting?.map((deal) => shown(scope, "deal", deal)) ?? null, lists.size),
    leads: lists.leadsOf(row.leads),
    changed: changes.changedOf(scope, row.changed, additional),
    steps: firstSteps.areOpen(row.steps) ? row.steps : null,
    announced: row.announced,
  };
  // Only if there is nothing to show may the tenant be new.
  const blank = isBlank(found);
  if (blank) lastShown.delete(actor.userId!);
  else note(actor.userId!, row);
  if (blank) await resume();
  const empty = blank && !await hasRecords(scope);
  // The commit runs while the page is rendered.
  if (last && !concluded) scope.conclude();
  return { ...found, empty };
}

/** A session counts no further: as many stand for more. */
const mostUnread = 100;

/** The newest notifications, and how many there are as the session knows it. */
const newsOf = (
  { rows, next }: Pick<Page<Notification>, "rows" | "next">,
  unread: number,
): Section<Notification> => ({
  rows,
  count: next === null ? rows.length : Math.max(rows.length, Math.min(unread, mostUnread - 1)),
  more: next !== null && unread >= mostUnread,
});

/** Whether there is nothing to show. */
const isBlank = ({ due, steps: _, announced: __, ...sections }: StartPage): boolean =>
  [...Object.values(due), ...Object.values(sections)].every(({ rows }) => rows.length === 0);

/** Whether the tenant has records; those in the trash count, too. */
async function hasRecords({ sql, tenantId }: Scope): Promise<boolean> {
  const [row] = await sql<[{ records: boolean }]>`
    select
      exists (select from contacts where tenant_id = ${tenantId})
        or exists (select from companies where tenant_id = ${tenantId})
        or exists (select from deals where tenant_id = ${tenantId})
        or exists (select from activities where tenant_id = ${tenantId}) as records
  `;
  return row.records;
}
