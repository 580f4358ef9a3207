/** The cards of the board. */
import { equal } from "node:assert/strict";
import { Cards } from "../../views/deals/cards.tsx";
import { formatter } from "../../views/format.ts";
import { translator } from "../../views/i18n/translate.ts";

Deno.test("a deal is late as soon as its day is over where its reader is", () => {
  const late = (now: Date) => {
    const asset = (name: string) => name;
    const t = translator("de");
    const view = { t, now, asset, format: formatter("de", now), can: () => false };
    const card = { id: "1", title: "Dach", summary: {}, amountCents: null, ownerId: null };
    const stage = { id: "s", kind: "open", rottingDays: null };
    const html = String(Cards(
      {
        view,
        wanted: {},
        pipeline: { id: "p", stages: [stage] },
        choices: { owners: [] },
        stageId: "s",
        cards: [{ ...card, expectedCloseOn: "2026-11-22", idle: false }],
        next: null,
      } as unknown as Parameters<typeof Cards>[0],
    ));
    return html.includes('class="late"');
  };
  equal(late(new Date("2026-11-22T22:30:00Z")), false);
  equal(late(new Date("2026-11-22T23:30:00Z")), true);
});
