/**
 * Figures that remain of ended things, and an identity provider, for the tests that walk all
 * routes.
 */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import type { Person } from "./cast.ts";

/**
 * Figures of deals and requests, an anchor of the chain, words to redact, and an identity provider.
 */
export async function stockFigures(
  { tenantId, test: { db: { owner } } }: Person,
  mark: string,
  ids: Record<"case item" | "pipeline" | "stage", string>,
): Promise<void> {
  const at = now();
  await owner`insert into stat_facts ${
    owner({
      tenantId,
      kind: "stage",
      month: "2026-11-01",
      pipelineId: ids.pipeline,
      stageId: ids.stage,
      currency: "EUR",
      days: 3,
    })
  }`;
  await owner`insert into stat_snapshots ${
    owner({ tenantId, key: `${mark} key`, figures: { deals: 3 }, madeAt: at })
  }`;
  await owner`insert into case_counters ${
    owner({
      tenantId,
      year: 2020,
      claimedRight: "access",
      channel: "form",
      outcome: "done",
      inTime: true,
      count: 1,
    })
  } on conflict do nothing`;
  await owner`insert into case_redactions ${
    owner({ tenantId, itemId: ids["case item"], words: [`${mark} word`], chosenAt: at })
  }`;
  await owner`
    insert into case_chains (tenant_id, seq, digest)
    select tenant_id, seq, digest
    from case_events
    where tenant_id = ${tenantId}
    order by seq
    limit 1
    on conflict do nothing
  `;
  await owner`insert into identity_providers ${
    owner({
      tenantId,
      id: newId(),
      issuer: "https://login.example.org",
      clientId: `${mark} client`,
      createdAt: at,
      updatedAt: at,
    })
  } on conflict do nothing`;
}
