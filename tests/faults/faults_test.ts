/** The faults that do not take long, on one product after the other; `deno task faults` makes them all. */
import { House } from "./house.ts";
import { faults } from "./table.ts";

Deno.test("what is broken on purpose loses nothing, says so, and heals by itself", async (t) => {
  await using house = await House.open();
  for (const fault of faults.filter(({ long }) => !long)) {
    await t.step(fault.name, async () => {
      const { lost, saw } = await fault.run(house);
      console.log(`${fault.name}\n  lost: ${lost}\n  seen: ${saw}`);
    });
  }
});
