// @ts-check
// Swaps the page in place when its text was saved; shows what is wrong over the last good page.
(function main() {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement) || !("EventSource" in window)) return;
  const live = script;
  let token = live.dataset.onsideToken ?? "";
  let revision = Number(live.dataset.onsideRevision);
  let asked = 0;
  /** @type {EventSource | undefined} */
  let stream;
  connect();
  addEventListener("pagehide", () => stream?.close());
  addEventListener("pageshow", (event) => event.persisted && connect());

  function connect() {
    stream?.close();
    stream = new EventSource(`/_onside/events?token=${encodeURIComponent(token)}`);
    stream.onmessage = (event) => {
      const told = JSON.parse(event.data);
      if (told.panel) show(told.panel);
      else hide();
      if (told.revision !== revision && !told.panel) swap(told.revision);
    };
    // The browser tries again by itself, unless the answer was no: then the preview was started anew.
    stream.onerror = () => {
      if (stream?.readyState === EventSource.CLOSED) setTimeout(again, 1000);
    };
  }

  async function again() {
    try {
      const page = await read();
      token = page.querySelector("script[data-onside-token]")?.getAttribute("data-onside-token") ?? token;
      put(page);
      connect();
    } catch {
      setTimeout(again, 1000);
    }
  }

  /** The page as it is now. */
  async function read() {
    const answer = await fetch(location.href, { cache: "no-store" });
    const text = await answer.text();
    if (answer.status >= 500) throw new Error(text);
    return new DOMParser().parseFromString(text, "text/html");
  }

  /** @param {number} next */
  async function swap(next) {
    const mine = ++asked;
    try {
      const page = await read();
      if (mine !== asked) return;
      revision = next;
      put(page);
    } catch (error) {
      if (mine === asked) show({ text: error instanceof Error ? error.message : String(error), places: [] });
    }
  }

  /** @param {Document} page */
  function put(page) {
    document.title = page.title;
    styles(page);
    if (page.body.isEqualNode(document.body) || same(page)) return;
    const kept = keep();
    document.body.className = page.body.className;
    const nodes = [...page.body.childNodes].map((node) => document.adoptNode(node));
    document.body.replaceChildren(...nodes, ...document.querySelectorAll(".onside-panel"));
    restore(kept);
    run();
  }

  /** The bytes of the body that came last; scripts may have changed the body that is shown. */
  let last = "";
  /** @param {Document} page */
  function same(page) {
    const now = page.body.outerHTML;
    const equal = now === last;
    last = now;
    return equal;
  }

  /** A sheet is fetched anew and takes the old one's place when it is there, so that nothing flashes. @param {Document} page */
  function styles(page) {
    const wanted = [...page.querySelectorAll("link[rel=stylesheet]")].map((link) => link.getAttribute("href") ?? "");
    /** @type {Map<string, Element[]>} */
    const there = new Map();
    for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
      const href = link.getAttribute("data-href") ?? link.getAttribute("href") ?? "";
      there.set(href, [...(there.get(href) ?? []), link]);
    }
    for (const href of wanted) {
      const before = there.get(href) ?? [];
      const old = before.at(-1);
      there.delete(href);
      if (href.startsWith("/_onside/") && old) continue;
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.dataset.href = href;
      link.href = `${href}?${revision}`;
      link.onload = () => before.forEach((link) => link.remove());
      link.onerror = () => link.remove();
      if (old) old.after(link);
      else document.head.append(link);
    }
    there.forEach((links) => links.forEach((link) => link.remove()));
  }

  /** What the reader has opened, where they are, and what has the focus. */
  function keep() {
    const open = new Map([...document.querySelectorAll("details")].map((fold, at) => [name(fold, at), fold.open]));
    const active = document.activeElement;
    const all = [...document.querySelectorAll("a, button, input, select, summary, [tabindex]")];
    return { open, at: active ? all.indexOf(active) : -1, x: scrollX, y: scrollY };
  }

  /** @param {ReturnType<typeof keep>} kept */
  function restore(kept) {
    document.querySelectorAll("details").forEach((fold, at) => {
      const was = kept.open.get(name(fold, at));
      if (was !== undefined) fold.open = was;
    });
    const focus = [...document.querySelectorAll("a, button, input, select, summary, [tabindex]")][kept.at];
    if (focus instanceof HTMLElement) focus.focus({ preventScroll: true });
    scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  }

  /** @param {Element} fold @param {number} at */
  function name(fold, at) {
    const summary = fold.querySelector("summary")?.textContent ?? "";
    return fold.id || `${summary.trim()} ${summary ? "" : at}`;
  }

  /** The theme's script runs again, on the new body. */
  function run() {
    for (const old of document.querySelectorAll("script[defer]:not([data-onside-token])")) {
      const next = document.createElement("script");
      next.src = (old.getAttribute("src") ?? "").replace(/\?.*$/, "") + `?${revision}`;
      old.replaceWith(next);
      next.defer = true;
      next.setAttribute("defer", "");
    }
  }

  /** @param {{ text: string, places: { label: string, href: string }[] }} panel */
  function show(panel) {
    hide();
    const box = document.createElement("section");
    box.className = "onside-panel";
    box.setAttribute("role", "alert");
    const close = document.createElement("button");
    close.textContent = "Hide";
    close.onclick = hide;
    const head = document.createElement("h2");
    head.textContent = "The page shows your last good text";
    const text = document.createElement("pre");
    text.textContent = panel.text;
    box.append(close, head, text);
    if (panel.places.length > 0) {
      const links = document.createElement("p");
      links.append("Open in your editor: ");
      for (const place of panel.places) {
        const link = document.createElement("a");
        link.href = place.href;
        link.textContent = place.label;
        links.append(link);
      }
      box.append(links);
    }
    document.body.append(box);
  }

  function hide() {
    document.querySelectorAll(".onside-panel").forEach((box) => box.remove());
  }
})();
