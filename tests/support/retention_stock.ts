/** What retains records or suspends their erasure, for the tests that walk all routes. */
import { now } from "../../db/clock.ts";
import type { Person } from "./cast.ts";

export interface RetentionIds {
  duty: string;
  hold: string;
  "due record": string;
}

/** One of each, for a tenant's deal and company. */
export async function stockRetentions(
  { tenantId, userId, test: { db: { owner } } }: Person,
  mark: string,
  ids: RetentionIds & { deal: string; company: string },
): Promise<void> {
  const at = now();
  const made = { tenantId, createdBy: userId, createdAt: at };
  await owner`insert into retention_settings ${
    owner({
      tenantId,
      prospect: 24,
      lostDeal: 24,
      applicant: 6,
      claim: 36,
      history: 12,
      confirmDays: 30,
    })
  } on conflict do nothing`;
  await owner`insert into retention_duties ${
    owner({ ...made, id: ids.duty, dealId: ids.deal, class: "voucher", reference: `${mark} bill` })
  }`;
  await owner`insert into holds ${
    owner({
      ...made,
      id: ids.hold,
      dealId: ids.deal,
      kind: "dispute",
      reason: `${mark} dispute`,
      reviewOn: "2027-01-31",
    })
  }`;
  await owner`insert into due_records ${
    owner({
      tenantId,
      id: ids["due record"],
      companyId: ids.company,
      class: "claim",
      dueOn: "2026-01-01",
      boundOn: "2099-01-01",
      foundAt: at,
    })
  }`;
  await owner`insert into retention_runs ${
    owner({ tenantId, kind: "deal", runOn: "2026-01-01" })
  } on conflict do nothing`;
}
