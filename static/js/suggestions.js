/*
 * Boxes that suggest while somebody types: arrows choose, Enter goes there or fills it in, Escape
 * closes.
 */
{
  const boxes = () => document.querySelectorAll("[data-suggests]");
  const boxOf = ({ target }) => target.matches?.("[data-suggests]") ? target : null;
  const placeOf = (box) => document.getElementById(box.dataset.suggests);
  const optionsOf = (box) => [...placeOf(box).querySelectorAll("[role=option]")];
  const chosenIn = (box) => placeOf(box).querySelector("[aria-selected]");
  /* Whether the list shown is the answer to what is typed. */
  const answered = (box) => placeOf(box).querySelector("[data-q]")?.dataset.q === box.value.trim();

  /* Whether a list is wished for: an answer may come when nobody waits for it any more. */
  let wanted = false;

  const choose = (box, option) => {
    chosenIn(box)?.removeAttribute("aria-selected");
    box.removeAttribute("aria-activedescendant");
    if (!option) return;
    option.ariaSelected = "true";
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  };
  /* Where the hits fill the box, who finds none goes on typing. */
  const fills = (box) => !box.closest("[role=search]");
  const open = (box) => {
    const list = placeOf(box).querySelector("[role=listbox]");
    placeOf(box).hidden = !list && fills(box);
    box.ariaExpanded = String(list !== null);
    if (list) box.setAttribute("aria-controls", list.id);
  };
  const close = (box) => {
    wanted = false;
    choose(box, null);
    placeOf(box).hidden = true;
    box.ariaExpanded = "false";
    box.removeAttribute("aria-controls");
  };

  /* What it is without a script, and until there is one, is a field like others. */
  const dress = () => {
    for (const box of boxes()) {
      if (box.role === "combobox") continue;
      box.role = "combobox";
      // Else the browser would lay its own list over this one.
      box.removeAttribute("list");
      box.ariaAutoComplete = "list";
      box.ariaExpanded = "false";
    }
  };
  dress();
  addEventListener("htmx:after:swap", ({ detail }) => {
    dress();
    const box = [...boxes()].find((each) => placeOf(each) === detail?.ctx?.target);
    if (!box) return;
    for (const list of placeOf(box).querySelectorAll("[role=listbox]")) {
      list.id = `${box.dataset.suggests}-list`;
      [...list.children].forEach((option, place) => option.id = `${list.id}-${place}`);
    }
    choose(box, null);
    if (document.activeElement === box && (wanted || box.closest("dialog"))) open(box);
  });

  addEventListener("input", (event) => {
    const box = boxOf(event);
    if (!box) return;
    choose(box, null);
    wanted = box.value.trim() !== "";
    if (!wanted && !box.closest("dialog")) close(box);
  });

  addEventListener("keydown", (event) => {
    const box = boxOf(event);
    if (!box || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const shown = !placeOf(box).hidden;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      wanted = true;
      if (!answered(box)) return htmx.trigger(box, "open");
      if (!shown) return open(box);
      // Before the first and after the last one is in the box again.
      const stops = [null, ...optionsOf(box)];
      const at = stops.indexOf(chosenIn(box)) + (key === "ArrowDown" ? 1 : -1);
      choose(box, stops.at(at % stops.length));
    } else if (key === "Enter") {
      const first = (box.closest("dialog") || fills(box) && shown) && box.value.trim() !== "" &&
        answered(box);
      const link = chosenIn(box) ?? (first ? optionsOf(box)[0] : null);
      if (!link) return;
      event.preventDefault();
      link.click();
    } else if (key === "Escape" && shown && !box.closest("dialog")) {
      event.preventDefault();
      close(box);
    }
  });

  /* A press on the list leaves the focus in the box: it is gone only when somebody goes on. */
  addEventListener("mousedown", (event) => {
    if (event.target.closest?.(".suggestions")) event.preventDefault();
  });
  addEventListener("focusout", (event) => {
    const box = boxOf(event);
    if (box && !box.closest("dialog")) close(box);
  });
  const leave = (box) => {
    htmx.trigger(box, "htmx:abort");
    box.closest("dialog")?.close();
    if (!box.closest("dialog")) close(box);
  };
  addEventListener("click", ({ target }) => {
    const option = target.closest?.(".suggestions [role=option]");
    const place = option?.closest(".suggestions");
    const box = place && [...boxes()].find((each) => placeOf(each) === place);
    if (!box) return;
    leave(box);
    if (option.dataset.fills) {
      box.value = option.dataset.fills;
      return box.focus();
    }
    // Else the box would have the focus on the next page too, and its keys would be letters.
    box.blur();
  });
  addEventListener("submit", ({ target }) => {
    const box = target.querySelector("[data-suggests]");
    if (box) leave(box);
  }, true);
}
