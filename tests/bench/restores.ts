/** A backup of everything, restored to another place: how long for each gigabyte. */
import * as backups from "../../db/backups.ts";
import { elapsed } from "../../db/clock.ts";
import { openPool } from "../../db/pool.ts";
import { rehearse } from "../../db/restores.ts";
import type { Service } from "../runtime/service.ts";
import { asOwner, secretKey } from "./product.ts";
import type { Measure } from "./report.ts";

/** Makes a backup of the service's database and restores it, indexes and checks included. */
export async function backUpAndRestore(service: Service): Promise<Measure[]> {
  return await asOwner(service, async (url) => {
    const owner = openPool(url, { max: 2, statementTimeout: 0 });
    const store = { dataDir: service.dataDir, secretKey };
    try {
      const [{ bytes }] = await owner<[{ bytes: number }]>`
        select pg_database_size(current_database())::float8 as bytes
      `;
      const from = elapsed();
      const { name } = await backups.make(owner, store);
      const made = elapsed();
      await rehearse(owner, url, store, name);
      const restored = (elapsed() - made) / 1000;
      const gigabytes = bytes / 1e9;
      return [
        { name: "backup: size of the database", value: bytes / 1e6, unit: "MB" },
        { name: "backup: made", value: (made - from) / 1000, unit: "s" },
        { name: "backup: restored", value: restored, unit: "s" },
        { name: "backup: restored, for each GB", value: restored / gigabytes, unit: "s" },
      ];
    } finally {
      await owner.end({ timeout: 5 });
    }
  });
}
