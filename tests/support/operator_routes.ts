/** The provider's own requests in the matrix: their records are made in tests of their own. */
import type { Row } from "./routes.ts";

/** What only the operator may ask for, and what is not there. */
export const madeByOperator: Row = { access: "operator", except: { operator: "missing" } };

export const operatorRequests: Record<string, Row> = {
  "GET /operator/requests": { access: "operator" },
  "GET /operator/requests/new": { access: "operator" },
  "POST /operator/requests/new": { access: "operator" },
  "GET /operator/requests/:id": madeByOperator,
  "POST /operator/requests/:id/acknowledgement": madeByOperator,
  "POST /operator/requests/:id/notes": madeByOperator,
  "GET /operator/requests/files/:id": madeByOperator,
  "POST /operator/requests/items/:id/decision": madeByOperator,
  "POST /operator/requests/items/:id/rectification": madeByOperator,
  "POST /operator/requests/items/:id/rectification/removal": madeByOperator,
  "POST /operator/requests/items/:id/recipients/letter": madeByOperator,
  "POST /operator/requests/recipients/:id/notice": madeByOperator,
  "POST /operator/requests/items/:id/transfers/link": madeByOperator,
  "POST /operator/requests/items/:id/transfers/push": madeByOperator,
  "POST /operator/requests/items/:id/restriction/end": madeByOperator,
  "POST /operator/requests/items/:id/restriction/removal": madeByOperator,
  "POST /operator/requests/deliveries/:id/access": madeByOperator,
  "POST /operator/requests/items/:id/correction": madeByOperator,
  "POST /operator/requests/:id/items": madeByOperator,
  "POST /operator/requests/:id/duplicate": madeByOperator,
  "POST /operator/requests/:id/dismissal": madeByOperator,
  "POST /operator/requests/files/:id/removal": madeByOperator,
  "GET /operator/requests/letters/:id": madeByOperator,
  "POST /operator/requests/letters/:id/dispatch": madeByOperator,
};
