/** Letters that a decision owes the person: which ones are written, and what they have to say. */
import * as authorities from "./authorities.ts";
import * as caseEvents from "./case_events.ts";
import * as caseItems from "./case_items.ts";
import * as cases from "./cases.ts";
import * as controllers from "./controllers.ts";
import { Invalid } from "./errors.ts";
import { contactOf } from "./person_letters.ts";
import type { Scope } from "./scope.ts";

/** Notices that are sent to a person automatically. */
export type Notice =
  | "extension"
  | "identity"
  | "refusal"
  /** That somebody else is responsible for a right and has got the request. */
  | "forwarded"
  /** That a restriction is about to end. */
  | "restriction"
  /** That a right was carried out. */
  | "result"
  /** Which recipients were informed of it. */
  | "recipients"
  /** That another controller has got the data. */
  | "transfer";

/** The step that causes each letter. */
const causes: Readonly<Record<Notice, { action: string; to: string | null }>> = {
  extension: { action: "extended", to: null },
  identity: { action: "paused", to: null },
  refusal: { action: "moved", to: "refused" },
  forwarded: { action: "moved", to: "forwarded" },
  restriction: { action: "restriction_ends", to: null },
  result: { action: "moved", to: "proof" },
  recipients: { action: "recipients_asked", to: null },
  transfer: { action: "transfer_done", to: null },
};
/** Every letter that can follow a step. */
export const notices = Object.keys(causes) as Notice[];

/** Those that concern the case as a whole. */
const ofCase: readonly Notice[] = ["extension", "identity"];

/**
 * Records that a letter is written; returns false if every step that requires one already has its
 * own. Extensions and doubts concern the whole case, all others their item.
 */
export async function note(
  scope: Scope,
  { caseId, itemId, notice }: { caseId: string; itemId: string; notice: Notice },
  by: "mail" | "post" = "mail",
): Promise<boolean> {
  const { sql, tenantId } = scope;
  const { action, to } = causes[notice];
  const of = ofCase.includes(notice) ? null : itemId;
  await sql`
    select id
    from cases
    where tenant_id = ${tenantId}
      and id = ${caseId}
    for update
  `;
  const [counted] = await sql<{ caused: number; told: number }[]>`
    select
      count(*) filter (
        where action = ${action}
          and (${to}::text is null or to_status = ${to})
      )::int as caused,
      count(*) filter (
        where action in (${`told_${notice}`}, ${`written_${notice}`})
      )::int as told
    from case_events
    where tenant_id = ${tenantId}
      and case_id = ${caseId}
      and (${of}::uuid is null or item_id = ${of})
  `;
  if (!counted || counted.told >= counted.caused) return false;
  await caseEvents.append(scope, {
    caseId,
    itemId: of,
    // A paper letter informs nobody until it has been posted.
    action: `${by === "mail" ? "told" : "written"}_${notice}`,
    by: { kind: "system", id: null },
  });
  return true;
}

/** No refusal is sent without reason, provision and authority. Throws Invalid. */
export function assertWhole(
  { reason, paragraph, authorities }: {
    reason: string;
    paragraph: string;
    authorities: readonly unknown[];
  },
): void {
  if (reason.trim() === "") throw new Invalid("required", "reason");
  if (paragraph.trim() === "") throw new Invalid("required", "paragraph");
  if (authorities.length === 0) throw new Invalid("required", "authority");
}

/** Street and place in a line; empty until both are entered. */
const addressOf = ({ street, postalCode, city }: controllers.Controller): string =>
  street === "" || city === "" ? "" : `${street}, ${postalCode} ${city}`;

/** What the letters say about a case and its controller. Throws NotFound. */
export async function facts(scope: Scope, caseId: string, itemId: string) {
  const [found, item, controller] = [
    await cases.find(scope, caseId),
    await caseItems.find(scope, itemId),
    await controllers.find(scope),
  ];
  return {
    found,
    item,
    controller: controller.name,
    slug: controller.slug,
    address: addressOf(controller),
    country: controller.country,
    /** The controller's values, for persons whose own are not known. */
    language: controller.locale,
    contact: await contactOf(scope),
    authorities: authorities.competent(
      controller.country,
      authorities.isLand(controller.land) ? controller.land : "",
    ),
  };
}
