/** The operator's page of one processor, gathered from many tables. */
import { now, today } from "../db/clock.ts";
import { formId } from "../db/ids.ts";
import * as deliveries from "../db/latenode_deliveries.ts";
import * as changes from "../db/processor_changes.ts";
import * as checks from "../db/processor_checks.ts";
import * as connections from "../db/processor_connections.ts";
import * as evidence from "../db/processor_evidence.ts";
import { connectionFields, usualSettings } from "../db/processor_forms.ts";
import { coveredUntil, obstacles, obstaclesBeforeSwitch } from "../db/processor_gates.ts";
import * as notices from "../db/processor_notices.ts";
import * as objections from "../db/processor_objections.ts";
import * as plans from "../db/processor_plans.ts";
import * as processors from "../db/processors.ts";
import type { Overview } from "../views/processors/index.tsx";
import { ProcessorPage } from "../views/processors/page.tsx";
import { emptyForm, type FormState } from "../views/ui/form.tsx";
import { type Ctx, page } from "./web.tsx";

/** An entry as lists show it. */
export function overview(processor: processors.Processor): Overview {
  const [obstacle] = obstacles(processor, today(), now());
  return {
    processor,
    open: !obstacle,
    obstacle: obstacle ? `obstacle_${obstacle}` : null,
    coveredUntil: coveredUntil(processor),
  };
}

/** The page, with what was refused in one of its forms. Throws NotFound. */
export async function show(
  c: Ctx,
  id: string,
  refused: { evidence?: FormState; connection?: FormState; notice?: FormState } = {},
): Promise<Response> {
  const { view, services: { pool } } = c.var;
  const processor = await processors.find(pool, id);
  const { adapter } = processor;
  const connection = adapter ? await connections.lookup(pool, id) : null;
  const usual = adapter ? usualSettings[adapter] : {};
  const history = await changes.list(pool, { processorId: id });
  const plan = await plans.lookup(pool, id);
  const tally = plan && await notices.count(pool, plan.id);
  const found = processor.enabled
    ? obstacles(processor, today(), now())
    : obstaclesBeforeSwitch(processor, today());
  return await page(
    c,
    <ProcessorPage
      view={view}
      entry={overview(processor)}
      obstacles={found.map((each) => `obstacle_${each}`)}
      evidence={await evidence.list(pool, id)}
      evidenceForm={refused.evidence ?? { values: { id: formId() }, errors: {} }}
      connectionFields={adapter ? connectionFields[adapter] : []}
      connectionForm={refused.connection ??
        { values: { ...usual, ...connection?.settings }, errors: {} }}
      checks={adapter === "ionos" ? await checks.latest(pool, id) : []}
      deliveries={adapter === "latenode" ? await deliveries.list(pool) : []}
      changes={history.changes}
      waiting={plan && tally && {
        change: plan,
        tally,
        delay: await plans.delayOf(pool, plan, tally),
        bounced: (await notices.listBounced(pool, plan.id))
          .map(({ userId, tenantName, name, email }) => ({
            id: userId,
            name,
            email,
            of: tenantName,
          })),
        form: refused.notice ?? emptyForm,
      }}
      objections={await objections.list(pool, id)}
    />,
    {
      title: { text: processor.name },
      status: Object.keys(refused).length > 0 ? 422 : 200,
    },
  );
}
