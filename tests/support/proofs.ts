/** Positive controls: a proof that cannot fail proves nothing. */
import { equal } from "node:assert/strict";
import * as proofs from "../../db/proofs.ts";
import type { TestApp } from "./app.ts";

/** Runs a proof as the serving role. Returns whether it passed. */
export const isGreen = async ({ db }: TestApp, proof: proofs.ProofName): Promise<boolean> =>
  (await proofs.run(db.app, proof))!.passed;

/** Breaks something, asserts that the proof notices, and repairs it. */
export async function breakAndMend(
  test: TestApp,
  proof: proofs.ProofName,
  breaking: string,
  mending: string,
): Promise<void> {
  const { owner } = test.db;
  equal(await isGreen(test, proof), true, `${proof} is green before`);
  await owner.unsafe(breaking);
  try {
    equal(await isGreen(test, proof), false, `${proof} sees what is broken`);
  } finally {
    await owner.unsafe(mending);
  }
  equal(await isGreen(test, proof), true, `${proof} is green again`);
}
