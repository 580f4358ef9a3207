/**
 * Recognises lists of activities, users or payments, which name persons but are no address books.
 */

import type { Column } from "./mappings.ts";
import { words } from "./headings.ts";
import type { PlanColumn } from "./plans.ts";
import type { Target } from "./targets.ts";

const set = (list: string) => new Set(list.split(" "));

/** Headings found only in lists of calls, tasks, visits and appointments. */
const actions = set(
  "activitydate activitytype calltype callduration callresult callpurpose callstarttime callstatus calltitle calloutcome calldirection " +
    "calldurationhhmmss calldurationseconds calldurationinseconds tasktitle tasktype taskstatus tasksubject tasksubtype meetingname meetingtitle meetingoutcome meetingstarttime " +
    "subject betreff duedate duetime faelligkeitsdatum faelligam faellig dauer duration durationinminutes dauerminuten gespraechsdauer " +
    "erledigt done iscompleted datecompleted completedat erledigtam direction richtung disposition task besuchsart gespraechsart terminart anrufart " +
    "aktivitaet aktivitaetsart aktivitaetstyp kontaktformart eigenerufnummer nebenstelle idlist idboard idmembers idlabels idshort activitystatus activityassignedto requester requesterid tickettype anfragender anfragendeperson tickettyp startdatetime enddatetime",
);
/** Further headings that such lists have. */
const likelyActions = set(
  "type typ art date datum uhrzeit zeit thema topic anlass grund ergebnis outcome result priority prioritaet naechsterschritt nextstep " +
    "assigned assignedto assignedtouser zugewiesenan starttime endtime beginn ende note notes notiz wiedervorlageam",
);
const subjects = /^(?:activity|aktivitaet|call|anruf|task|aufgabe|meeting|termin)$/;

/** Headings about somebody's permissions in a program. */
const rights = set(
  "isadmin superadmin issuperadmin roleid userroleid profileid permissionset permissionsets permissionsetgroup licensetype " +
    "invitestatus userprincipalname accountenabled orgunitpath orgunitpathrequired timezonesidkey localesidkey emailencodingkey useridincludinginactive " +
    "laststatusupdate isssouser mfaenabled twofactorenabled latestauthentication letzteanmeldungauthentifizierung receivesinfoemails communitynickname",
);
const rightsToo = set("alias profile profil teams archived seat usertype");
/** Log-in names under all their headings; customers of a shop have them as well. */
const logins = set("userid username login benutzername");

/** Headings of bank statements. */
const payments = set(
  "transactiondate valuedate bookingdate bookingtext buchungstag buchungsdatum buchungstext valuta valutadatum wertstellung " +
    "verwendungszweck purpose transactioncode umsatztyp mandatereference mandatsreferenz endtoendreference kundenreferenzendtoend " +
    "creditorid glaeubigerid recipientaccount accountiban accountbalance auftragskonto saldonachbuchung purposecode bookingkey",
);

const names = (columns: readonly Column[]) =>
  columns.map(({ heading }) => {
    const [first = "", ...rest] = words(heading);
    return rest.length > 0 && subjects.test(first)
      ? [[first, ...rest].join(""), rest.join("")]
      : [[first, ...rest].join("")];
  });

/**
 * Whether the rows are past or planned activities. If they contain contact details, more evidence
 * is needed, because lists of people also note conversations and when to call again.
 */
function namesActions(plan: readonly PlanColumn[], columns: readonly Column[]): boolean {
  const found = names(columns);
  const among = (list: ReadonlySet<string>) =>
    found.filter((each) => each.some((name) => list.has(name))).length;
  const filled = (pattern: RegExp) =>
    plan.some(({ target }, at) => pattern.test(target) && (columns[at]?.count.filled ?? 0) > 0);
  if (filled(/address\..*(?:street|postalCode|city)$|^birthday$/)) return false;
  const [sure, likely] = [among(actions), among(likelyActions)];
  if (filled(/^email/)) return sure > 2;
  return sure > 1 && sure + likely > 2 ||
    sure === 1 && likely > 2 && !filled(/^(?:company\.)?phone/);
}

/** Whether the rows are the users of a program, as administrators list them. */
function listsUsers(plan: readonly PlanColumn[], columns: readonly Column[]): boolean {
  const found = names(columns).flat();
  const sure = found.filter((name) => rights.has(name)).length;
  const likely = found.filter((name) => rightsToo.has(name)).length +
    (found.some((name) => logins.has(name)) ? 1 : 0);
  const outside: readonly Target[] = ["company.name", "customerNumber"];
  const customers = plan.some(({ target }) => outside.includes(target));
  return sure > 1 || sure > 0 && likely > 0 || !customers && likely > 2;
}

/**
 * Whether the rows are bank transactions; lists of direct debits contain contact details instead.
 */
const listsPayments = (plan: readonly PlanColumn[], columns: readonly Column[]): boolean =>
  !plan.some(({ target }) => /(?:^|\.)(?:email|phone|street|whole)$/.test(target)) &&
  names(columns).flat().filter((name) => payments.has(name)).length > 3;

/** Whether a table with names lists something other than the persons named. */
export const isForeign = (plan: readonly PlanColumn[], columns: readonly Column[]): boolean =>
  namesActions(plan, columns) || listsUsers(plan, columns) || listsPayments(plan, columns);
