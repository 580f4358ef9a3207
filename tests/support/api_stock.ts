/** What gives programs access to a tenant, for the tests that walk all routes. */
import { now } from "../../db/clock.ts";
import { newId } from "../../db/ids.ts";
import { seal } from "../../db/sealed_secrets.ts";
import { tokenDigest } from "../../db/sessions.ts";
import type { Sql } from "../../db/pool.ts";
import type { Person } from "./cast.ts";
import { secretKey } from "./db.ts";

export interface ApiIds {
  "api token": string;
  webhook: string;
  "web form": string;
}

/** A token of the person, and a request made with an idempotency key. */
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
  return { "api token": id, webhook, "web form": await form(owner, tenantId, mark) };
}

/** A form with its texts, and a pending entry. */
async function form(owner: Sql, tenantId: string, mark: string): Promise<string> {
  const [id, textId, at] = [newId(), newId(), now()];
  await owner`insert into web_forms ${
    owner({
      tenantId,
      id,
      slug: `form-${id.slice(-12)}`,
      name: `${mark} form`,
      fields: ["message"],
      createdAt: at,
      updatedAt: at,
    })
  }`;
  const words = { title: `${mark} title`, intro: "", consent: "", privacyUrl: "" };
  await owner`
    insert into web_form_texts (tenant_id, id, form_id, number, words, created_at)
    values (${tenantId}, ${textId}, ${id}, 1, ${owner.json({ de: words, en: words })}, ${at})
  `;
  await owner`
    insert into web_form_fields (tenant_id, form_id, field_id, position)
    select tenant_id, ${id}, id, 0
    from custom_fields
    where tenant_id = ${tenantId}
      and record_kind = 'contact'
  `;
  await owner`insert into web_form_entries ${
    owner({
      tenantId,
      id: newId(),
      formId: id,
      textId,
      language: "de",
      consents: false,
      tokenDigest: tokenDigest(`entry ${id}`),
      email: `${mark}@entry.example`,
      lastName: `${mark} entry`,
      createdAt: at,
    })
  }`;
  return id;
}
