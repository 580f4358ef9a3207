/** Letters that a decision owes the person: which are written, and what they need to say. */
import * as authorities from "./authorities.ts";
import * as caseEvents from "./case_events.ts";
import * as caseItems from "./case_items.ts";
import * as cases from "./cases.ts";
import * as controllers from "./controllers.ts";
import { Invalid } from "./errors.ts";
import * as officers from "./officers.ts";
import type { Scope } from "./scope.ts";

/** What a person is told of by itself. */
export type Notice =
  | "extension"
  | "identity"
  | "refusal"
  /** That a restriction ends, before it does. */
  | "restriction"
  /** That a right was carried out. */
  | "result"
  /** Who was told of it. */
  | "recipients";

/** The steps that each letter follows. */
const causes: Readonly<Record<Notice, { action: string; to: string | null }>> = {
  extension: { action: "extended", to: null },
  identity: { action: "paused", to: null },
  refusal: { action: "moved", to: "refused" },
  restriction: { action: "restriction_ends", to: null },
  result: { action: "moved", to: "proof" },
  recipients: { action: "recipients_asked", to: null },
};
/** Every letter that may follow a step. */
export const notices = Object.keys(causes) as Notice[];

/** Those that concern the case as a whole. */
const ofCase: readonly Notice[] = ["extension", "identity"];

/**
 * Notes that a letter is written; false when every step that asks for one has had its own. An
 * extension and a doubt concern the whole case, all others their item.
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
    // A letter on paper tells nobody before it is in the post.
    action: `${by === "mail" ? "told" : "written"}_${notice}`,
    by: { kind: "system", id: null },
  });
  return true;
}

/** No refusal leaves the house without reason, provision and authority. Throws Invalid. */
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

/** What the letters say of a case and its controller. Throws NotFound. */
export async function facts(scope: Scope, caseId: string, itemId: string) {
  const [found, item, controller, officer] = [
    await cases.find(scope, caseId),
    await caseItems.find(scope, itemId),
    await controllers.find(scope),
    await officers.find(scope),
  ];
  return {
    found,
    item,
    controller: controller.name,
    country: controller.country,
    /** Of the controller, for those whose own is not known. */
    language: controller.locale,
    contact: officer.email || controller.email,
    authorities: authorities.competent(
      controller.country,
      authorities.isLand(controller.land) ? controller.land : "",
    ),
  };
}
