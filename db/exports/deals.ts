/** Reads whole deals for an export in batches from a cursor, and defines their table columns. */
import { fullName } from "../full_names.ts";
import type { Scope } from "../scope.ts";
import type { StageKind } from "../stages.ts";
import { bound, type Column, column, timeColumns } from "./columns.ts";
import type { ExportedValue } from "./custom_fields.ts";
import { batch, type Only, ownValues, seen } from "./records.ts";

export interface ExportedDeal {
  id: string;
  title: string;
  company: string | null;
  /** Living, unrestricted persons. */
  contacts: { name: string; role: string }[];
  /** In whole units, with at most two decimals. */
  amount: number | null;
  currency: string;
  expectedCloseOn: string | null;
  pipeline: string;
  stage: string;
  status: StageKind;
  probability: number;
  stageSince: Date;
  closedAt: Date | null;
  lostReason: string | null;
  /** Name of the responsible user; null if there is none. */
  owner: string | null;
  source: string;
  tags: string[];
  custom: ExportedValue[];
  notes: string;
  lastTouchAt: Date;
  createdAt: Date;
  updatedAt: Date;
}

/** All living deals by title. */
export function deals(
  scope: Scope,
  only: Only = null,
): AsyncIterable<ExportedDeal[]> {
  const { sql, tenantId } = scope;
  return seen(
    scope,
    "deal",
    sql<ExportedDeal[]>`
    select c.id, c.title, o.name as company,
      (
        select coalesce(json_agg(
          json_build_object(
            'name', ${fullName("k")},
            'role', x.role
          ) order by x.added_at, k.id
        ), '[]')
        from deal_contacts x
        join contacts k on k.tenant_id = x.tenant_id and k.id = x.contact_id
        where x.tenant_id = ${tenantId}
          and x.deal_id = c.id
          and k.deleted_at is null
          and k.restricted_at is null
      ) as contacts,
      (c.amount_cents / 100.0)::float8 as amount, c.currency, c.expected_close_on,
      l.name as pipeline, s.name as stage, c.status, s.probability, c.stage_since, c.closed_at,
      r.name as lost_reason, i.name as owner, c.source,
      (
        select coalesce(json_agg(t.name order by t.name_key), '[]')
        from deal_tags x
        join tags t on t.tenant_id = x.tenant_id and t.id = x.tag_id
          and t.changing is distinct from 'removing'
        where x.tenant_id = ${tenantId}
          and x.deal_id = c.id
      ) as tags,
      ${ownValues(scope, "deal")}, c.notes, c.last_touch_at, c.created_at, c.updated_at
    from deals c
    join stages s on s.tenant_id = c.tenant_id and s.id = c.stage_id
    join pipelines l on l.tenant_id = c.tenant_id and l.id = c.pipeline_id
    left join companies o
      on o.tenant_id = c.tenant_id and o.id = c.company_id and o.deleted_at is null
    left join lost_reasons r on r.tenant_id = c.tenant_id and r.id = c.lost_reason_id
    left join users u on u.tenant_id = c.tenant_id and u.id = c.owner_id
    left join identities i on i.id = u.identity_id
    where c.tenant_id = ${tenantId}
      and c.deleted_at is null
      ${only === null ? sql`` : sql`and c.id in (${only})`}
    order by c.sort_name collate "C", c.id
  `.cursor(batch),
  );
}

const person = ({ name, role }: { name: string; role: string }) =>
  role ? `${name} (${role})` : name;

/** The columns of the deals table. */
export function dealColumns(): Column<ExportedDeal>[] {
  return [
    column("ID", "ID", (d) => d.id, "code"),
    column("Title", "Titel", (d) => d.title),
    column("Company", "Firma", (d) => d.company),
    column("Persons", "Personen", (d) => d.contacts.map(person).join(", ")),
    bound("amount", column("Amount", "Betrag", (d) => d.amount)),
    column("Currency", "Währung", (d) => d.currency),
    bound(
      "expectedCloseOn",
      column("Expected close", "Abschluss", (d) => d.expectedCloseOn, "day"),
    ),
    column("Pipeline", "Pipeline", (d) => d.pipeline),
    column("Stage", "Stufe", (d) => d.stage),
    column("Status", "Status", (d) => d.status, "word"),
    column("Probability", "Wahrscheinlichkeit", (d) => d.probability),
    column("In stage since", "In der Stufe seit", (d) => d.stageSince, "moment"),
    column("Closed", "Abgeschlossen", (d) => d.closedAt, "moment"),
    column("Lost reason", "Verlustgrund", (d) => d.lostReason),
    column("Owner", "Zuständig", (d) => d.owner),
    column("Source", "Quelle", (d) => d.source),
    column("Tags", "Schlagwörter", (d) => d.tags.join(", ")),
    bound("notes", column("Notes", "Notizen", (d) => d.notes)),
    ...timeColumns<ExportedDeal>(),
  ];
}
