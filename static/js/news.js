/* The count of unread notifications: by a stream while the page is in sight, else by asking. */
{
  const bell = () => document.querySelector("[data-unread]");
  let source = null;
  let timer = 0;

  const show = ({ unread, label }) => {
    const link = bell();
    if (!link || Number(link.dataset.unread) === unread) return;
    const more = unread > Number(link.dataset.unread);
    link.dataset.unread = unread;
    link.querySelector("[data-label]").textContent = label;
    link.querySelector("[data-count]").textContent = unread > 99 ? "99+" : unread || "";
    if (more) document.getElementById("news").textContent = label;
    document.body.dispatchEvent(new CustomEvent("news"));
  };

  const stop = () => {
    source?.close();
    source = null;
    clearTimeout(timer);
    timer = 0;
  };

  /* Without a stream: asks, and tries again in a minute. Stops once signed out. */
  const ask = async () => {
    stop();
    timer = setTimeout(() => start(), 60_000);
    const answer = await fetch("/notifications/unread", { redirect: "manual" }).catch(() => null);
    if (answer?.ok) show(await answer.json());
    else if (answer?.type === "opaqueredirect") stop();
  };

  const start = () => {
    stop();
    if (!bell() || document.hidden) return;
    if (!globalThis.EventSource) {
      ask();
      return;
    }
    source = new EventSource("/notifications/stream");
    /* Some proxies hold a stream back forever. */
    timer = setTimeout(ask, 10_000);
    source.addEventListener("unread", ({ data }) => {
      clearTimeout(timer);
      show(JSON.parse(data));
    });
    source.addEventListener("error", () => {
      if (source?.readyState === EventSource.CLOSED) ask();
    });
  };

  /* One stream outlives the pages that htmx puts in, whose counts are fresh; none is open unseen. */
  addEventListener("htmx:after:swap", () => {
    if (!bell()) stop();
    else if (!source && !timer) start();
  });
  addEventListener("visibilitychange", () => document.hidden ? stop() : start());
  start();
}
