/* Rows: one tick for all on the page, Shift for a run of ticks, a click anywhere opens the row. */
{
  const tick = "tbody .tick input";
  const ticks = (table) => [...table.querySelectorAll(tick)];
  let last = null;

  const reveal = () => {
    for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
  };
  reveal();
  addEventListener("htmx:after:swap", reveal);

  const showState = (table) => {
    const all = table.querySelector("[data-select-all]");
    if (!all) return;
    const rows = ticks(table);
    const ticked = rows.filter((each) => each.checked).length;
    all.checked = ticked > 0 && ticked === rows.length;
    all.indeterminate = ticked > 0 && ticked < rows.length;
    const told = document.querySelector("[data-ticked]");
    if (told) told.value = ticked ? told.dataset.ticked.replace("{count}", ticked) : "";
  };

  addEventListener("change", ({ target }) => {
    const table = target.closest?.("table.data");
    if (!table) return;
    if (target.matches("[data-select-all]")) {
      for (const each of ticks(table)) each.checked = target.checked;
    }
    showState(table);
  });

  addEventListener("click", (event) => {
    const { target } = event;
    if (target.matches?.(tick)) {
      const rows = ticks(target.closest("table"));
      const from = rows.indexOf(last);
      if (event.shiftKey && from >= 0) {
        const [start, end] = [from, rows.indexOf(target)].sort((a, b) => a - b);
        for (const each of rows.slice(start, end + 1)) each.checked = target.checked;
      }
      last = target;
      showState(target.closest("table"));
      return;
    }
    if (event.defaultPrevented || event.button !== 0) return;
    if (target.closest?.("a, button, input, label, select, summary")) return;
    if (String(getSelection())) return;
    const link = target.closest?.("table.data tbody tr")?.querySelector(".row-link");
    if (!link) return;
    if (event.ctrlKey || event.metaKey) open(link.href, "_blank", "noopener");
    else link.click();
  });
}
