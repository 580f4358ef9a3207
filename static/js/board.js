/* The board: cards go by mouse, finger or keys; each is sent by the form that it carries itself. */
{
  const board = () => document.querySelector("[data-board]");
  const columns = () => [...board().querySelectorAll(".column")];
  const columnOf = (card) => card.closest(".column");
  const nameOf = (card) => card.querySelector(".card-title").textContent;
  const headingOf = (column) => column.querySelector("h2").firstChild.textContent.trim();

  /* The card on its way, and where it stood; `pointer` while a hand has it, not the keys. */
  let held = null;
  /* The card that was sent, until the page answers. */
  let sent = null;

  const say = (key, gaps) => {
    const text = board().dataset[key].replace(/\{(\w+)\}/g, (_, gap) => gaps[gap]);
    document.getElementById("board-status").textContent = text;
  };

  const hold = (card) => {
    held = { card, list: card.parentElement, next: card.nextElementSibling };
    card.classList.add("held");
    card.querySelector(".grip").setAttribute("aria-pressed", "true");
  };

  const letGo = () => {
    const { card } = held;
    card.classList.remove("held", "dragged");
    card.removeAttribute("style");
    card.querySelector(".grip").setAttribute("aria-pressed", "false");
    held.gap?.remove();
    board()?.classList.remove("dragging");
    mark(null);
    held = null;
  };

  const putBack = ({ card, list, next }) => list.insertBefore(card, next);

  const cancel = () => {
    const { card, pointer } = held;
    keepFocus(() => putBack(held));
    if (!pointer) say("putBack", { name: nameOf(card) });
    letGo();
  };

  const drop = (column) => {
    const { card, list, next, pointer } = held;
    if (!column || column === list.closest(".column")) return cancel();
    keepFocus(() => column.querySelector(".cards").prepend(card));
    letGo();
    const form = card.querySelector(".card-move form");
    form.elements.stage.value = column.dataset.stage;
    sent = {
      card,
      list,
      next,
      id: card.id,
      left: board().scrollLeft,
      top: scrollY,
      keys: !pointer,
    };
    say("dropped", { stage: headingOf(column) });
    form.requestSubmit();
  };

  const mark = (column) => {
    for (const each of document.querySelectorAll(".column.over")) each.classList.remove("over");
    column?.classList.add("over");
  };

  /* A moved element loses the focus, which is no leaving of it. */
  let moving = false;
  const keepFocus = (move) => {
    const focused = document.activeElement;
    moving = true;
    move();
    if (focused !== document.activeElement) focused.focus({ preventScroll: true });
    moving = false;
  };

  /* Keys: the grip takes a card and puts it down, arrows carry it from column to column. */
  const carry = (by) => {
    const all = columns();
    const at = all.indexOf(columnOf(held.card)) + by;
    const column = all[at];
    if (!column) return;
    const home = column === held.list.closest(".column");
    keepFocus(() => home ? putBack(held) : column.querySelector(".cards").prepend(held.card));
    held.card.scrollIntoView({ block: "nearest", inline: "nearest" });
    mark(column);
    say("over", { stage: headingOf(column), number: at + 1, count: all.length });
  };

  addEventListener("click", (event) => {
    if (suppressed) {
      suppressed = false;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const grip = event.target.closest?.(".grip");
    if (!grip) return;
    if (held) return drop(columnOf(held.card));
    hold(grip.closest(".card"));
    grip.focus();
    say("picked", { name: nameOf(held.card) });
  }, true);

  /* Without a card in hand the arrows lead to the column beside, at the same height. */
  const walk = (event, by) => {
    if (!event.target.matches?.("[data-board] :is(.card-title, .grip)")) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const filled = columns().filter((column) => column.querySelector(".card"));
    const own = columnOf(event.target);
    const at = [...own.querySelectorAll(".card")].indexOf(event.target.closest(".card"));
    const cards = [...filled[filled.indexOf(own) + by]?.querySelectorAll(".card") ?? []];
    const next = cards[Math.min(at, cards.length - 1)];
    if (!next) return;
    event.preventDefault();
    next.querySelector(".card-title").focus();
  };

  /* The space bar takes the card whose title has the focus, as its grip does. */
  const take = (event) => {
    if (!event.target.matches?.("[data-board] .card-title")) return;
    const grip = event.target.closest(".card").querySelector(".grip:not([hidden])");
    if (!grip) return;
    event.preventDefault();
    grip.click();
  };

  addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!held) {
      if (by) walk(event, by);
      else if (event.key === " ") take(event);
      return;
    }
    if (event.key === "Escape") cancel();
    else if (by && !held.pointer) carry(by);
    else return;
    event.preventDefault();
  });

  addEventListener("focusout", ({ target }) => {
    if (held && !held.pointer && !moving && target.matches?.(".grip")) cancel();
  });

  /* A hand: the mouse takes a card anywhere, a finger by its grip, so that it can still scroll. */
  let suppressed = false;
  let start = null;
  const threshold = 6;

  addEventListener("pointerdown", (event) => {
    suppressed = false;
    const card = event.target.closest?.("[data-board] .card");
    if (!card || event.button !== 0 || held) return;
    const grip = event.target.closest(".grip");
    if (grip ? grip.hidden : event.pointerType !== "mouse") return;
    if (card.querySelector(".grip") === null) return;
    if (event.target.closest("select, summary, form")) return;
    start = { card, id: event.pointerId, x: event.clientX, y: event.clientY };
  });

  addEventListener("dragstart", (event) => {
    if (start) event.preventDefault();
  });

  const lift = (event) => {
    const { card } = start;
    const { left, top, width, height } = card.getBoundingClientRect();
    hold(card);
    const gap = document.createElement("li");
    gap.className = "card-gap";
    gap.style.blockSize = `${height}px`;
    card.before(gap);
    Object.assign(held, { gap, pointer: event.pointerId, dx: start.x - left, dy: start.y - top });
    card.style.inlineSize = `${width}px`;
    card.classList.add("dragged");
    board().classList.add("dragging");
    getSelection().removeAllRanges();
    requestAnimationFrame(scroll);
  };

  /* The rim of a narrow screen and the gap between two columns belong to the column beside. */
  const columnAt = ({ x, y }) => {
    const { left, right } = board().getBoundingClientRect();
    const at = (by) => {
      const within = Math.min(Math.max(x + by, left + 1), right - 1);
      return document.elementFromPoint(within, y)?.closest(".column") ?? null;
    };
    const gap = parseFloat(getComputedStyle(board()).columnGap);
    return at(0) ?? at(gap) ?? at(-gap);
  };

  addEventListener("pointermove", (event) => {
    if (start?.id !== event.pointerId) return;
    const { clientX: x, clientY: y } = event;
    if (!held && Math.hypot(x - start.x, y - start.y) > threshold) lift(event);
    if (!held) return;
    Object.assign(held, { x, y });
    held.card.style.insetInlineStart = `${x - held.dx}px`;
    held.card.style.insetBlockStart = `${y - held.dy}px`;
    mark(columnAt(held));
  });

  /* Near an edge the board moves on below the card, the faster the nearer, on any screen alike. */
  const edge = 40;
  const fastest = 0.5;
  const push = (at, low, high) => {
    const deep = at < low + edge ? at - low - edge : at > high - edge ? at - high + edge : 0;
    return fastest * Math.max(-1, Math.min(1, deep / edge));
  };
  let before = 0;
  const scroll = (time) => {
    if (!held?.pointer) return;
    const edges = board().getBoundingClientRect();
    const speed = push(held.x, Math.max(edges.left, 0), Math.min(edges.right, innerWidth));
    board().scrollLeft += speed * Math.min(time - before, 50);
    before = time;
    mark(columnAt(held));
    requestAnimationFrame(scroll);
  };

  addEventListener("pointerup", (event) => {
    if (start?.id !== event.pointerId) return;
    start = null;
    if (!held?.pointer) return;
    suppressed = true;
    setTimeout(() => suppressed = false);
    drop(columnAt(held));
  });
  addEventListener("pointercancel", () => {
    start = null;
    if (held?.pointer) cancel();
  });

  addEventListener("submit", ({ target }) => {
    const move = target.closest?.(".card-move");
    if (move) move.open = false;
  });

  /* More cards come in the place of their link: the first of them gets the focus that it had. */
  let more = null;
  addEventListener("click", ({ target }) => {
    const item = target.closest?.("[data-board] .more");
    more = item
      ? { list: item.parentElement, at: [...item.parentElement.children].indexOf(item) }
      : null;
  });
  const showMore = () => {
    const first = more?.list.isConnected ? more.list.children[more.at] : null;
    if (first && document.activeElement === document.body) {
      first.querySelector(".card-title, a")?.focus({ preventScroll: true });
    }
    more = null;
  };

  /*
   * The answer renews the page around what stays: a card that keys have moved keeps the focus,
   * unless the page asks why the deal was lost.
   */
  addEventListener("htmx:after:swap", () => {
    showMore();
    const question = sent && board() && document.querySelector(".ask-reason select");
    if (question) question.focus();
    else if (sent?.keys && board()) {
      document.getElementById(sent.id)?.querySelector(".grip")?.focus({ preventScroll: true });
    }
    sent = null;
  });
  const failed = () => {
    if (sent?.card.isConnected) putBack(sent);
    sent = null;
  };
  addEventListener("htmx:error", failed);
  addEventListener("htmx:response:error", ({ detail }) => {
    if ((detail?.ctx?.response?.raw?.status ?? 0) >= 500) failed();
  });
}
