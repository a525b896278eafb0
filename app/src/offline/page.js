(() => {
  const worker = navigator.serviceWorker;
  if (!worker) return;
  const here = () => location.pathname + location.search;
  let shown = here();
  let waiting;

  // Offline, and from a copy, the browser loads whole documents: no page holds figures of two days.
  const whole = () => !navigator.onLine || document.body.hasAttribute("data-saved");
  const alone = (event) => event.stopImmediatePropagation();
  addEventListener("click", (event) => whole() && event.target.closest?.("a[href]") && alone(event), true);
  addEventListener("submit", (event) => whole() && alone(event), true);
  addEventListener("popstate", (event) => {
    if (!whole() || here() === shown) return;
    alone(event);
    location.reload();
  }, true);

  // A page that the application went to by itself is kept once the reader has stayed on it.
  const keep = async () => (await worker.ready).active.postMessage({ keep: here() });
  addEventListener("visit", () => {
    setTimeout(() => (shown = here()));
    clearTimeout(waiting);
    waiting = setTimeout(() => navigator.connection?.saveData || keep(), 1500);
  });

  addEventListener("load", async () => {
    try {
      const first = !worker.controller;
      await worker.register("/sw.js");
      if (first) await keep();
    } catch {
      // The browser keeps no workers, as in some private windows: there is no copy to read offline.
    }
  });
})();
