// @ts-check
// Opens search: its field in the header, `/`, Ctrl or ⌘ K. And marks, on the page that a result led to, the words that were looked for.
(function main() {
  const field = document.querySelector("a[data-search]");
  mark();
  if (!(field instanceof HTMLAnchorElement) || !("showModal" in HTMLDialogElement.prototype)) return;
  /** What search is made of, sent for at the first sign that it is wanted. @type {Promise<unknown> | undefined} */
  let coming;
  const send = () => (coming ??= Promise.all([script(), style()]));
  for (const sign of ["pointerenter", "focus", "touchstart"]) field.addEventListener(sign, () => void send().catch(() => {}), { passive: true });
  field.setAttribute("aria-haspopup", "dialog");
  field.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    const asked = event.key === "/" ? !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target) : event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!asked || event.isComposing || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    open();
  });
  if (document.querySelector("[data-search-page]")) void send().then(() => window.onside?.page(), () => {});

  function open() {
    let typed = "";
    const gather = (/** @type {KeyboardEvent} */ event) => {
      if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      typed += event.key;
    };
    // What is typed while search is on its way is not lost.
    document.addEventListener("keydown", gather, true);
    send()
      .then(
        () => window.onside?.open(typed),
        // Search itself did not come: its page has everything from A to Z.
        () => field instanceof HTMLAnchorElement && location.assign(field.href),
      )
      .finally(() => document.removeEventListener("keydown", gather, true));
  }

  function script() {
    const element = document.createElement("script");
    element.src = /** @type {HTMLAnchorElement} */ (field).dataset.script ?? "";
    return arrival(element);
  }

  function style() {
    const href = /** @type {HTMLAnchorElement} */ (field).dataset.style ?? "";
    return arrival(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
  }

  /** @param {HTMLElement} element */
  function arrival(element) {
    return new Promise((resolve, reject) => {
      element.onload = resolve;
      element.onerror = () => {
        coming = undefined;
        reject(new Error("not there"));
      };
      document.head.append(element);
    });
  }

  /** @param {EventTarget | null} target */
  function isTyping(target) {
    return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  }

  /** Marks the words that `?found=` names; Esc takes the marks away. */
  function mark() {
    const address = new URL(location.href);
    const words = (address.searchParams.get("found") ?? "").split(" ").filter(Boolean).slice(0, 12);
    const main = document.querySelector("main");
    if (words.length === 0 || !main) return;
    address.searchParams.delete("found");
    history.replaceState(history.state, "", address);
    // The address was not yet its own when the browser looked for the place.
    if (address.hash) document.getElementById(decodeURIComponent(address.hash.slice(1)))?.scrollIntoView();
    if (!("highlights" in CSS)) return;
    CSS.highlights.set("found", new Highlight(...ranges(main, words)));
    document.addEventListener("keydown", (event) => event.key === "Escape" && !document.querySelector("dialog[open]") && CSS.highlights.delete("found"));
  }

  /** Where words stand, or begin longer ones. @param {Element} main @param {string[]} words */
  function ranges(main, words) {
    const all = [];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node && all.length < 500; node = walker.nextNode()) {
      for (const found of (node.nodeValue ?? "").matchAll(/[\p{Alphabetic}\p{M}\p{N}]+/gu)) {
        const folded = found[0].normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
        if (!words.some((word) => folded.startsWith(word) || (word.endsWith("y") && folded.startsWith(`${word.slice(0, -1)}ie`)))) continue;
        const range = new Range();
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        all.push(range);
      }
    }
    return all;
  }
})();
