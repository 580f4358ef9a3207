/**
 * What a new tenant still has to do, each step judged by the actual data; nothing is ticked by
 * hand.
 */
import type { Fragment } from "./pool.ts";
import type { Scope } from "./scope.ts";

/** The steps in order, and whether each is done. */
export interface FirstSteps {
  contacts: boolean;
  /** False while sample data are among the records; null (no such step) if there never were any. */
  samples: boolean | null;
  colleagues: boolean;
  mail: boolean;
  address: boolean;
  agreement: boolean;
  letterhead: boolean;
}

export type FirstStep = keyof FirstSteps;

/**
 * The steps as JSON, for the start page's single query; null once they are ended. Records count as
 * the tenant's own when an import brought them or when there are no sample data.
 */
export function column({ sql, tenantId }: Scope): Fragment {
  const some = (from: Fragment) => sql`exists (select ${from})`;
  return sql`(
    select case when not ${some(sql`from first_step_ends e where e.tenant_id = ${tenantId}`)}
      then json_build_object(
      'contacts', m.own or not m.samples and ${
    some(sql`from contacts c where c.tenant_id = ${tenantId}`)
  },
      'samples', case when m.sampled then not m.samples end,
      'colleagues', ${
    some(sql`
        from users u
        where u.tenant_id = ${tenantId} and u.deactivated_at is null
        offset 1`)
  },
      'mail', ${some(sql`from mailboxes b where b.tenant_id = ${tenantId}`)}
        or ${some(sql`from mail_accounts a where a.tenant_id = ${tenantId}`)},
      'address', ${
    some(sql`
        from controllers k
        where k.tenant_id = ${tenantId} and k.street <> '' and k.email <> ''`)
  },
      'agreement', ${some(sql`from processing_agreements p where p.tenant_id = ${tenantId}`)},
      'letterhead', ${
    some(sql`
        from letterheads l
        where l.tenant_id = ${tenantId} and (l.logo is not null or l.footer <> '')`)
  }
    ) end
    from (
      select coalesce(bool_or(i.kind <> 'sample' and i.status = 'done'), false) as own,
        coalesce(bool_or(i.kind = 'sample' and i.status = 'done'), false) as samples,
        coalesce(bool_or(i.kind = 'sample'), false) as sampled
      from imports i
      where i.tenant_id = ${tenantId}
        and i.status in ('done', 'undone')
    ) m
  )`;
}

/** Whether any step is left. */
export const areOpen = (steps: FirstSteps | null): steps is FirstSteps =>
  steps !== null && Object.values(steps).includes(false);

/** Ends the steps for the whole tenant. */
export async function end({ sql, tenantId, now }: Scope): Promise<void> {
  await sql`
    insert into first_step_ends (tenant_id, ended_at)
    values (${tenantId}, ${now})
    on conflict do nothing
  `;
}

/** Shows the steps again. */
export async function reopen({ sql, tenantId }: Scope): Promise<void> {
  await sql`delete from first_step_ends where tenant_id = ${tenantId}`;
}
