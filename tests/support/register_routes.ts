/** Who may request what of the provider's registers: of processing, and of breaches. */
import type { Row } from "./route_rows.ts";

/** What an operator made: here there is none. */
export const madeByOperator: Row = { access: "operator", except: { operator: "missing" } };
const row = (access: "operator"): Row => ({ access });

/** The rows of the table, see routes.ts. */
export const registerRoutes: Readonly<Record<string, Row>> = {
  "GET /operator/incidents": row("operator"),
  "GET /operator/incidents/new": row("operator"),
  "POST /operator/incidents/new": row("operator"),
  "GET /operator/incidents/register.csv": row("operator"),
  "GET /operator/incidents/register.pdf": row("operator"),
  "GET /operator/incidents/:id": madeByOperator,
  "POST /operator/incidents/:id": madeByOperator,
  "GET /operator/incidents/:id/notification.pdf": madeByOperator,
  "POST /operator/incidents/:id/customers": madeByOperator,
  "POST /operator/incidents/:id/notices": madeByOperator,
  "POST /operator/incidents/:id/supplements": madeByOperator,
  "POST /operator/incidents/:id/letters": madeByOperator,
  "POST /operator/incidents/:id/notification": madeByOperator,
  "POST /operator/incidents/:id/closing": madeByOperator,
  "GET /operator/records": row("operator"),
  "POST /operator/records": row("operator"),
  "GET /operator/records.csv": row("operator"),
  "GET /operator/records.pdf": row("operator"),
};
