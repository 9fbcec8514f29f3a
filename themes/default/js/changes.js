// @ts-check
// What changed, for one role: a list narrows to what touches it. On Home what is new since the last visit.
// The role and the version last seen stay in this browser; where it keeps nothing, everything is shown for everyone.
(function main() {
  const root = document.querySelector("[data-root]")?.getAttribute("data-root") ?? "./";
  const place = new URL(root, location.href).pathname;
  /** So many changes stand on Home; the rest is on their page. */
  const FIRST = 6;
  const LEVELS = ["Must know", "Should know", "Good to know", "Wording only"];
  /** What a change says to everyone. @type {Map<HTMLElement, Node[]>} */
  const said = new Map();
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

  /** How much a change matters to a role, 0 being most; nothing where it does not touch it. @param {HTMLElement} item @param {string} role */
  function weight(item, role) {
    const { touches = "", partners = "", weight = "0" } = item.dataset;
    const own = Number(weight);
    const among = (/** @type {string} */ list) => list.split(" ").includes(role);
    if (role === "" || touches === "*" || among(touches)) return own;
    // It is their partners' business first.
    return among(partners) ? Math.max(own, 1) : undefined;
  }

  /**
   * Shows what touches a role, as it is told to it, the heaviest first.
   * @param {HTMLElement[]} items in the order in which everyone reads them @param {string} role
   * @returns {HTMLElement[]} what is left
   */
  function choose(items, role) {
    for (const item of items) {
      item.hidden = weight(item, role) === undefined;
      const told = [...item.querySelectorAll("template")].find((one) => one.dataset.role === role);
      const line = item.querySelector(".told");
      if (!line) continue;
      if (!said.has(item)) said.set(item, [...line.childNodes]);
      line.replaceChildren(...(told ? [told.content.cloneNode(true)] : (said.get(item) ?? [])));
    }
    const left = items.filter((item) => !item.hidden);
    return left.sort((one, other) => (weight(one, role) ?? 0) - (weight(other, role) ?? 0));
  }

  /** A sentence: every second part of it is stressed. @param {string[]} told */
  function parts(told) {
    return told.map((part, at) => {
      const node = document.createElement(at % 2 === 0 ? "span" : "b");
      node.textContent = part;
      return node;
    });
  }

  /** A page of changes. */
  function narrow() {
    const choice = document.querySelector("[data-for-role]");
    const select = choice?.querySelector("select");
    if (!choice || !select) return;
    select.value = [...select.options].some((option) => option.value === kept("role")) ? kept("role") : "";
    const items = [...document.querySelectorAll(".items > li")].filter((item) => item instanceof HTMLElement);
    const lists = new Map(items.map((item) => [Number(item.dataset.weight), item.parentElement]));
    const apply = () => {
      const left = choose(items, select.value);
      for (const item of left) (lists.get(weight(item, select.value) ?? 0) ?? item.parentElement)?.append(item);
      for (const part of document.querySelectorAll(".part")) {
        if (!(part instanceof HTMLElement)) continue;
        const shown = part.querySelectorAll(".items > li:not([hidden])").length;
        part.hidden = shown === 0;
        const level = document.querySelector(`.levels a[href="#${part.getAttribute("aria-labelledby")}"]`);
        const count = level?.querySelector("span");
        if (count) count.textContent = String(shown);
        if (level instanceof HTMLElement) level.hidden = shown === 0;
        const summary = part.querySelector("summary");
        if (summary) summary.textContent = `${shown} ${shown === 1 ? "change" : "changes"}`;
      }
      const status = choice.querySelector("[role=status]");
      if (status) status.textContent = select.value ? `${left.length} of these ${left.length === 1 ? "touches" : "touch"} this role` : "";
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
   * @typedef {{ says: string[], weight: number, touches: string, partners: string, told: Record<string, string[]>, href: string }} Item
   * @typedef {{ href: string, items: Item[] }} Told
   * @param {HTMLElement} box @param {Told | undefined} told @param {string} before @param {string} now
   */
  function show(box, told, before, now) {
    const list = box.querySelector("ul");
    if (!told || !list || told.items.length === 0) return keep("seen", now);
    const from = box.querySelector("[data-from]");
    if (from) from.textContent = before;
    box.querySelector("a[data-all]")?.setAttribute("href", told.href);
    const items = told.items.map(item);
    const select = box.querySelector("select");
    const apply = () => {
      const role = select?.value ?? "";
      const left = choose(items, role);
      list.replaceChildren(...left.slice(0, FIRST));
      let above = "";
      for (const one of left) {
        const level = one.querySelector(".level");
        if (!level) continue;
        level.textContent = LEVELS[weight(one, role) ?? 0] ?? "";
        // What is seen above need not be seen again; who listens hears it with each.
        level.classList.toggle("again", level.textContent === above);
        above = level.textContent;
      }
      const status = box.querySelector("[role=status]");
      const more = left.length > FIRST ? `The first ${FIRST} of ${left.length}.` : "";
      if (status) status.textContent = left.length === 0 ? "Nothing of it touches this role." : more;
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
    Object.assign(line.dataset, { weight: told.weight, touches: told.touches, partners: told.partners });
    for (const [role, words] of Object.entries(told.told)) {
      const template = document.createElement("template");
      template.dataset.role = role;
      template.content.append(...parts(words));
      line.append(template);
    }
    const level = document.createElement("p");
    level.className = "level";
    const says = document.createElement("p");
    says.className = "told";
    says.append(...parts(told.says));
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
