// @ts-check
// The matrix: one step of Tab, then arrow keys from letter to letter; the row and the column glow,
// the line beneath says the letter in words; lists over the table narrow its rows.
(function main() {
  const found = document.querySelector("[data-matrix]");
  const tableFound = found?.querySelector("table");
  if (!(found instanceof HTMLElement) || !(tableFound instanceof HTMLTableElement)) return;
  const matrix = found;
  const table = tableFound;
  const heads = [...table.querySelectorAll(".roles-row > *")];
  const bodies = [...table.tBodies];
  const small = matchMedia("(width < 40rem)");

  walk();
  glow();
  const hush = say();
  narrow();
  scroll();

  /** The letters that can be seen. */
  function letters() {
    return [...table.querySelectorAll("td a")].filter((a) => a instanceof HTMLAnchorElement && a.offsetParent !== null);
  }

  /** @param {Element} letter @returns {{ row: HTMLTableRowElement, column: number }} */
  function place(letter) {
    const cell = /** @type {HTMLTableCellElement} */ (letter.closest("td"));
    return { row: /** @type {HTMLTableRowElement} */ (cell.parentElement), column: cell.cellIndex };
  }

  function walk() {
    small.addEventListener("change", settle);
    settle();
    table.addEventListener("focusin", (event) => {
      if (event.target instanceof HTMLElement && event.target.matches("td a")) rest(event.target);
    });
    table.addEventListener("keydown", (event) => {
      const here = event.target;
      if (!(here instanceof Element) || !here.matches("td a") || small.matches || event.altKey || event.metaKey) return;
      const next = step(here, event.key, event.ctrlKey);
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  }

  /** Only one letter is a stop for Tab; on small screens each is. */
  function settle() {
    for (const letter of table.querySelectorAll("td a")) {
      if (small.matches) letter.removeAttribute("tabindex");
      else letter.setAttribute("tabindex", "-1");
    }
    const first = letters()[0];
    if (first instanceof HTMLElement) rest(first);
  }

  /** @param {HTMLElement} letter */
  function rest(letter) {
    if (small.matches) return;
    table.querySelector('td a[tabindex="0"]')?.setAttribute("tabindex", "-1");
    letter.setAttribute("tabindex", "0");
  }

  /** @param {Element} here @param {string} key @param {boolean} far @returns {HTMLElement | undefined} */
  function step(here, key, far) {
    const all = /** @type {HTMLElement[]} */ (letters());
    const { row, column } = place(here);
    const mine = all.filter((letter) => place(letter).row === row);
    const at = mine.indexOf(/** @type {HTMLElement} */ (here));
    if (key === "ArrowRight") return mine[at + 1];
    if (key === "ArrowLeft") return mine[at - 1];
    if (key === "Home") return far ? all[0] : mine[0];
    if (key === "End") return (far ? all : mine).at(-1);
    if (key !== "ArrowDown" && key !== "ArrowUp") return undefined;
    const rows = [...new Set(all.map((letter) => place(letter).row))];
    const ahead = key === "ArrowDown" ? rows.slice(rows.indexOf(row) + 1) : rows.slice(0, rows.indexOf(row)).reverse();
    const same = all.filter((letter) => place(letter).column === column);
    for (const other of ahead) {
      const letter = same.find((candidate) => place(candidate).row === other);
      if (letter) return letter;
    }
    const nearest = all.filter((letter) => place(letter).row === ahead[0]);
    return nearest.sort((a, b) => Math.abs(place(a).column - column) - Math.abs(place(b).column - column))[0];
  }

  function glow() {
    table.addEventListener("pointerover", (event) => light(event.target));
    table.addEventListener("pointerleave", () => light(document.activeElement));
    table.addEventListener("focusin", (event) => light(event.target));
    table.addEventListener("focusout", (event) => light(event.relatedTarget));
  }

  /** @param {EventTarget | null} target */
  function light(target) {
    const cell = target instanceof Element ? target.closest("td, th") : null;
    const column = cell instanceof HTMLTableCellElement && table.contains(cell) && !cell.closest(".lanes") ? cell.cellIndex : 0;
    table.querySelectorAll(".glow").forEach((lit) => lit.classList.remove("glow"));
    const chosen = heads.findIndex((head) => head.classList.contains("chosen"));
    for (const index of [column, chosen]) if (index > 0) lightColumn(index);
  }

  /** @param {number} index */
  function lightColumn(index) {
    heads[index]?.classList.add("glow");
    for (const body of bodies) for (const row of body.rows) row.cells[index]?.classList.add("glow");
  }

  /** Says the letter under the pointer or the focus. Returns what takes the words back. */
  function say() {
    const line = matrix.querySelector("[data-says]:not(a)");
    const open = matrix.querySelector(".matrix-says a");
    if (!line || !(open instanceof HTMLAnchorElement)) return () => {};
    const hint = line.textContent ?? "";
    table.addEventListener("pointerover", (event) => tell(event.target, "off"));
    table.addEventListener("focusin", (event) => tell(event.target, "polite"));

    /** @param {EventTarget | null} target @param {string} live */
    function tell(target, live) {
      const letter = target instanceof Element ? target.closest("td")?.querySelector("a") : null;
      if (!letter || !line || !(open instanceof HTMLAnchorElement)) return;
      const strong = document.createElement("b");
      strong.textContent = letter.dataset.says ?? "";
      line.setAttribute("aria-live", live);
      line.replaceChildren(strong, ` ${others(letter)}`);
      open.href = letter.href;
      open.hidden = false;
    }
    return () => {
      line.replaceChildren(hint);
      open.hidden = true;
    };
  }

  /** The rest of the letter's row, in words. @param {HTMLElement} letter */
  function others(letter) {
    const { row } = place(letter);
    const shape = [...(letter.querySelector("i")?.classList ?? [])].at(-1)?.replace("letter-", "") ?? "";
    const clauses = ["a", "r", "c", "i", "s"].filter((one) => !shape.includes(one)).map((one) => row.dataset[one]);
    const sentence = clauses.filter(Boolean).join(", ");
    return [sentence && `${sentence}.`, row.dataset.more].filter(Boolean).join(" ");
  }

  function narrow() {
    /** @type {Map<string, HTMLSelectElement>} */
    const lists = new Map();
    for (const label of matrix.querySelectorAll("[data-filter]")) {
      const list = label.querySelector("select");
      if (!list || !(label instanceof HTMLElement)) continue;
      lists.set(label.dataset.filter ?? "", list);
      label.querySelector("span")?.addEventListener("click", () => list.showPicker?.());
    }
    if (lists.size === 0) return;
    const count = matrix.querySelector("[data-count]");
    const whole = count?.textContent ?? "";
    const none = matrix.querySelector(".matrix-none");
    const asked = new URLSearchParams(location.search);
    for (const [name, list] of lists) {
      const value = asked.get(name);
      if (value && [...list.options].some((option) => option.value === value)) list.value = value;
      list.addEventListener("change", apply);
    }
    none?.querySelector("button")?.addEventListener("click", () => {
      lists.forEach((list) => (list.value = ""));
      apply();
      lists.values().next().value?.focus();
    });
    apply();

    function apply() {
      const wanted = Object.fromEntries([...lists].map(([name, list]) => [name, list.value]));
      for (const list of lists.values()) list.parentElement?.classList.toggle("chosen", list.value !== "");
      heads.forEach((head) => head.classList.toggle("chosen", wanted.role !== "" && head instanceof HTMLElement && head.dataset.role === wanted.role));
      const rows = bodies.filter((body) => !body.matches(".area-row"));
      for (const body of rows) show(body, wanted);
      for (const head of bodies.filter((body) => body.matches(".area-row"))) {
        head.hidden = !rows.some((body) => !body.hidden && body.dataset.area === head.dataset.area);
      }
      const left = rows.filter((body) => !body.hidden).length;
      const narrowed = Object.values(wanted).some(Boolean);
      if (count instanceof HTMLElement) count.textContent = narrowed ? (count.dataset.count ?? "").replace("{n}", String(left)) : whole;
      if (none instanceof HTMLElement) none.hidden = left > 0;
      table.hidden = left === 0;
      light(null);
      settle();
      if (narrowed) hush();
      remember(wanted);
    }
  }

  /** @param {HTMLTableSectionElement} body @param {Record<string, string>} wanted */
  function show(body, wanted) {
    for (const row of body.rows) {
      row.hidden = row.matches(".when") && Boolean(wanted.segment) && row.dataset.segment !== wanted.segment;
    }
    const involved = heads.filter((_, column) => [...body.rows].some((row) => !row.hidden && row.cells[column]?.querySelector("a")));
    const has = (/** @type {"role" | "team"} */ key) => involved.some((head) => head instanceof HTMLElement && head.dataset[key] === wanted[key]);
    body.hidden =
      (Boolean(wanted.role) && !has("role")) ||
      (Boolean(wanted.team) && !has("team")) ||
      (Boolean(wanted.area) && body.dataset.area !== wanted.area) ||
      (Boolean(wanted.stage) && !(body.dataset.stages ?? "").split(" ").includes(wanted.stage ?? ""));
  }

  /** So that a narrowed matrix can be sent to somebody. @param {Record<string, string>} wanted */
  function remember(wanted) {
    if (location.protocol === "file:") return;
    const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value)).toString();
    const address = location.pathname + (query ? `?${query}` : "") + location.hash;
    if (address !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", address);
  }

  /** The table's frame is a stop for Tab only where it scrolls. */
  function scroll() {
    const frame = table.parentElement;
    if (!frame || !("ResizeObserver" in window)) return;
    new ResizeObserver(() => {
      if (frame.scrollWidth > frame.clientWidth + 1 || frame.scrollHeight > frame.clientHeight + 1) frame.tabIndex = 0;
      else frame.removeAttribute("tabindex");
    }).observe(frame);
  }
})();
