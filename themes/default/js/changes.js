// @ts-check
// What changed, for one role: a list narrows to what touches it. On Home what is new since the last visit.
// The role and the version last seen stay in this browser; where it keeps nothing, everything is shown for everyone.
(function main() {
  const root = document.querySelector("[data-root]")?.getAttribute("data-root") ?? "./";
  const place = new URL(root, location.href).pathname;
  /** So many changes stand on Home; the rest is on their page. */
  const FIRST = 6;
  narrow();
  since();

  /** @param {string} name @returns {string} */
  function kept(name) {
    try {
      return localStorage.getItem(`onside ${name} ${place}`) ?? "";
    } catch {
      return "";
    }
  }

  /** @param {string} name @param {string} value */
  function keep(name, value) {
    try {
      localStorage.setItem(`onside ${name} ${place}`, value);
    } catch {
      // The browser keeps nothing: the choice holds for this page.
    }
  }

  /** @param {Element} item @param {string} role */
  function touches(item, role) {
    const whom = (item.getAttribute("data-touches") ?? "").split(" ");
    return role === "" || whom.includes("*") || whom.includes(role);
  }

  /** @param {ParentNode} within @param {string} role @returns {number} how many are left */
  function choose(within, role) {
    const items = [...within.querySelectorAll("[data-touches]")];
    for (const item of items) if (item instanceof HTMLElement) item.hidden = !touches(item, role);
    return items.filter((item) => touches(item, role)).length;
  }

  /** A page of changes. */
  function narrow() {
    const choice = document.querySelector("[data-for-role]");
    const select = choice?.querySelector("select");
    if (!choice || !select) return;
    select.value = [...select.options].some((option) => option.value === kept("role")) ? kept("role") : "";
    const apply = () => {
      const left = choose(document, select.value);
      for (const part of document.querySelectorAll(".part")) {
        if (!(part instanceof HTMLElement)) continue;
        const shown = part.querySelectorAll("[data-touches]:not([hidden])").length;
        part.hidden = shown === 0;
        const summary = part.querySelector("summary");
        if (summary) summary.textContent = `${shown} ${shown === 1 ? "change" : "changes"}`;
      }
      const status = choice.querySelector("[role=status]");
      if (status) status.textContent = select.value ? `${left} of these ${left === 1 ? "touches" : "touch"} this role` : "";
    };
    select.addEventListener("change", () => {
      keep("role", select.value);
      apply();
    });
    if (select.value) apply();
  }

  /** Home, for somebody who was here before. */
  function since() {
    const box = document.querySelector("[data-since]");
    if (!(box instanceof HTMLElement)) return;
    const now = box.getAttribute("data-since") ?? "";
    const before = kept("seen");
    if (!before) keep("seen", now);
    if (!before || before === now) return;
    const script = document.createElement("script");
    script.src = box.getAttribute("data-src") ?? "";
    // The file calls this with what it holds.
    Object.assign(window, { onsideSince: (/** @type {Record<string, Told>} */ told) => show(box, told[before], before, now) });
    document.head.append(script);
  }

  /**
   * @typedef {{ says: string[], level: string, touches: string, href: string }} Item
   * @typedef {{ href: string, items: Item[] }} Told
   * @param {HTMLElement} box @param {Told | undefined} told @param {string} before @param {string} now
   */
  function show(box, told, before, now) {
    const list = box.querySelector("ul");
    if (!told || !list || told.items.length === 0) return keep("seen", now);
    const from = box.querySelector("[data-from]");
    if (from) from.textContent = before;
    box.querySelector("a[data-all]")?.setAttribute("href", told.href);
    list.replaceChildren(...told.items.map(item));
    const select = box.querySelector("select");
    const apply = () => {
      const left = choose(box, select?.value ?? "");
      const shown = [...box.querySelectorAll("[data-touches]")].filter((one) => one instanceof HTMLElement && !one.hidden);
      for (const one of shown.slice(FIRST)) if (one instanceof HTMLElement) one.hidden = true;
      const status = box.querySelector("[role=status]");
      const more = left > FIRST ? `The first ${FIRST} of ${left}.` : "";
      if (status) status.textContent = left === 0 ? "Nothing of it touches this role." : more;
    };
    if (select) {
      select.value = [...select.options].some((option) => option.value === kept("role")) ? kept("role") : "";
      select.addEventListener("change", () => {
        keep("role", select.value);
        apply();
      });
    }
    apply();
    box.querySelector("button")?.addEventListener("click", () => {
      keep("seen", now);
      box.hidden = true;
    });
    box.hidden = false;
  }

  /** @param {Item} told */
  function item(told) {
    const line = document.createElement("li");
    line.setAttribute("data-touches", told.touches);
    const level = document.createElement("p");
    level.className = "level";
    level.textContent = told.level;
    const says = document.createElement("p");
    says.className = "told";
    told.says.forEach((part, at) => {
      if (at % 2 === 0) return says.append(part);
      const stressed = document.createElement("b");
      stressed.textContent = part;
      return says.append(stressed);
    });
    const more = document.createElement("a");
    more.href = told.href;
    more.textContent = "More";
    const about = document.createElement("p");
    about.className = "about";
    about.append(more);
    line.append(level, says, about);
    return line;
  }
})();
