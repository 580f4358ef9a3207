/** The faults that do not take long, on one product after the other; `deno task faults` makes them all. */
import { Installation } from "./installation.ts";
import { faults } from "./table.ts";

Deno.test("what is broken on purpose loses nothing, is reported, and recovers by itself", async (t) => {
  await using service = await Installation.open();
  for (const fault of faults.filter(({ long }) => !long)) {
    await t.step(fault.name, async () => {
      const { lost, saw } = await fault.run(service);
      console.log(`${fault.name}\n  lost: ${lost}\n  seen: ${saw}`);
    });
  }
});
