import type { Sql } from "./pool.ts";
export async function assertMapped(_pool: Sql): Promise<void> {}
