/** Verifiers of database roles' passwords. */
import { Buffer } from "node:buffer";
import { deepEqual, equal } from "node:assert/strict";
import { openPool } from "../../db/pool.ts";
import { servingUrl } from "../../db/prepare.ts";
import { verifierOf } from "../../db/role_secrets.ts";
import { database, secretKey } from "../support/db.ts";

Deno.test("the verifier is the one of RFC 7677's example, as PostgreSQL writes it", () => {
  const salt = Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64");
  equal(
    verifierOf("pencil", salt),
    "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==" +
      "$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
  );
});

Deno.test("a serving role logs in by its password, kept the same from start to start", async () => {
  const { owner, ownerUrl } = await database();
  const url = new URL(await servingUrl(owner, ownerUrl, secretKey));
  const kept = () => owner`select rolpassword from pg_authid where rolname = ${url.username}`;
  const first = await kept();
  deepEqual([...first], [{ rolpassword: verifierOf(url.password) }]);
  await servingUrl(owner, ownerUrl, secretKey);
  deepEqual([...await kept()], [...first]);
  const app = openPool(url.href, { max: 1 });
  const [row] = await app`select current_user::text as name`;
  equal(row!.name, url.username);
  await app.end();
  await owner.unsafe(`drop owned by ${url.username}; drop role ${url.username}`).simple();
});
