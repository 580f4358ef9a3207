/** What programs of a house are let in by, for the tests that walk all routes. */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import { seal } from "../../db/sealed_secrets.ts";
import { tokenDigest } from "../../db/sessions.ts";
import type { Person } from "./cast.ts";
import { secretKey } from "./db.ts";

export interface ApiIds {
  "api token": string;
  webhook: string;
}

/** A token of the person, and a request that came under a key. */
export async function stockApi(
  { tenantId, userId, test: { db: { owner } } }: Person,
  mark: string,
): Promise<ApiIds> {
  const at = now();
  const id = newId();
  await owner`insert into api_tokens ${
    owner({
      tenantId,
      id,
      userId,
      name: `${mark} program`,
      tokenDigest: tokenDigest(id),
      scopes: ["contacts:read"],
      expiresAt: new Date(at.getTime() + 86_400_000),
      createdAt: at,
    })
  }`;
  await owner`insert into api_requests ${
    owner({
      tenantId,
      userId,
      keyDigest: tokenDigest(`key ${id}`),
      requestDigest: tokenDigest(`body ${id}`),
      recordId: newId(),
      createdAt: at,
    })
  }`;
  const webhook = newId();
  await owner`insert into webhooks ${
    owner({
      tenantId,
      id: webhook,
      name: `${mark} receiver`,
      country: "DE",
      reach: `${mark}@receiver.example`,
      host: "localhost",
      port: 1,
      sealed: seal(
        secretKey,
        `webhook ${tenantId} ${webhook}`,
        JSON.stringify({ url: `http://localhost:1/${mark}`, secret: "whsec_AAAA" }),
      ),
      kinds: ["deal"],
      createdAt: at,
      createdBy: userId,
      updatedAt: at,
    })
  }`;
  await owner`insert into webhook_deliveries ${
    owner({
      tenantId,
      id: newId(),
      webhookId: webhook,
      event: "test",
      recordIds: [],
      status: "sent",
      dueAt: at,
      createdAt: at,
    })
  }`;
  return { "api token": id, webhook };
}
