// @ts-check
// Search as people meet it: a field, the answer, and what else was found. In a dialog on every page, and on a page of its own.

const field = /** @type {HTMLAnchorElement} */ (document.querySelector("a[data-search]"));
base = new URL(field.dataset.index ?? "", location.href).href;
/** Where the pages of this version begin. */
const root = new URL(field.dataset.root ?? "./", location.href);
/** What this version is called, where there are several. */
const version = field.dataset.version ?? "";

/** So many results are shown: of an index in several files one comes first, for each is another file. */
const SHOWN = [1, 12];
/** So many kinds are shown at once. */
const FEW = 7;
/** So many searches are remembered. */
const REMEMBERED = 6;

/** @typedef {{input: HTMLInputElement, kinds: HTMLElement, note: HTMLElement, list: HTMLElement, count: HTMLElement, status: HTMLElement, all: HTMLAnchorElement}} Panel */

/** @template {keyof HTMLElementTagNameMap} K @param {K} name @param {Record<string, string>} attributes @param {(Node | string)[]} children @returns {HTMLElementTagNameMap[K]} */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const LENS = "M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2M10.8 10.8 14 14";

/** A small drawing. @param {string} drawn */
function icon(drawn) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", drawn);
  svg.append(path);
  return svg;
}

/** A panel: what is typed into it is searched for. @param {string} id @param {(href: string) => void} [asked] told of each query */
function panel(id, asked) {
  const list = make("div", { id: `${id}-list`, role: "listbox", "aria-label": "Results", class: "search-list" });
  const input = make("input", {
    id: `${id}-input`, type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
    "aria-label": "Search", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
    placeholder: field.dataset.hint || "Search", maxlength: "2000",
  });
  const kinds = make("div", { class: "search-kinds", role: "group", "aria-label": "Only" });
  const note = make("div", { class: "search-note" });
  const count = make("p", { class: "search-count" });
  const status = make("p", { class: "vh", role: "status" });
  const all = make("a", { class: "search-all", href: new URL("search/", root).href }, "Everything from A to Z");
  /** @type {Panel} */
  const parts = { input, kinds, note, list, count, status, all };
  /** Which kind is shown alone. */
  let kind = "";
  let turn = 0;
  let chosen = -1;

  input.addEventListener("input", (event) => {
    if (/** @type {InputEvent} */ (event).isComposing) return;
    kind = "";
    void show();
  });
  input.addEventListener("compositionend", () => void show());
  input.addEventListener("keydown", (event) => press(event));
  list.addEventListener("click", (event) => {
    const option = optionAt(event);
    if (option) choose(option, event);
  });
  list.addEventListener("pointermove", (event) => {
    const option = optionAt(event);
    if (option) point(options().indexOf(option), false);
  });
  return { ...parts, show, focus: (select = true) => { input.focus(); if (select) input.select(); } };

  /** @param {Event} event @returns {HTMLElement | null} */
  function optionAt({ target }) {
    return /** @type {Element} */ (target).closest("[role=option]");
  }

  /** @returns {HTMLElement[]} */
  function options() {
    return [...list.querySelectorAll("a, [data-query]")].map((option) => /** @type {HTMLElement} */ (option));
  }

  /** Points at an option. @param {number} at @param {boolean} scroll */
  function point(at, scroll) {
    const all = options();
    chosen = all.length ? (at + all.length) % all.length : -1;
    all.forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", all[chosen].id);
    if (scroll && chosen >= 0) all[chosen].scrollIntoView({ block: "nearest" });
    if (scroll && chosen === 0) list.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    if (event.isComposing || event.altKey) return;
    const all = options();
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: chosen + 1, ArrowUp: chosen < 0 ? all.length - 1 : chosen - 1, Home: 0, End: all.length - 1 };
    if (event.key in steps && !event.shiftKey && !event.ctrlKey && !event.metaKey && all.length) {
      event.preventDefault();
      point(steps[event.key], true);
    } else if (event.key === "Enter" && all[chosen]) {
      event.preventDefault();
      choose(all[chosen], event);
    }
  }

  /** Follows an option, in a tab of its own where that is asked for. @param {HTMLElement} option @param {MouseEvent | KeyboardEvent} event */
  function choose(option, event) {
    if (option.dataset.query !== undefined) {
      event.preventDefault();
      input.value = option.dataset.query;
      input.focus();
      void show();
      return;
    }
    remember(input.value);
    const href = option.getAttribute("href");
    if (!href || event instanceof MouseEvent) return;
    if (event.ctrlKey || event.metaKey) window.open(href, "_blank", "noopener");
    else location.assign(href);
  }

  /** Shows what a query finds. */
  async function show() {
    const query = input.value;
    const mine = (turn += 1);
    asked?.(query);
    if (query.trim() === "") {
      recent();
      if (!head) await load("index").then(() => mine === turn && recent(), () => {});
      return;
    }
    const late = setTimeout(() => mine === turn && tell("Searching …"), 300);
    try {
      await load("index");
      for (const limit of isSplit() ? SHOWN : SHOWN.slice(1)) {
        const reply = await search(kind ? `kind:${kind} ${query}` : query, limit);
        if (mine !== turn) return;
        draw(reply, query);
        if (reply.results.length < limit) break;
      }
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      if (mine === turn) lost();
    } finally {
      clearTimeout(late);
    }
  }

  /** @param {string} words */
  function tell(words) {
    note.replaceChildren(make("p", {}, words));
  }

  function clear() {
    kinds.replaceChildren();
    note.replaceChildren();
    list.replaceChildren();
    count.replaceChildren();
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    chosen = -1;
  }

  /** Before anything is typed: searches that led somewhere, else some that this playbook promises to answer. */
  function recent() {
    clear();
    const known = remembered();
    if (known.length) offer("Lately", known);
    // On its own page everything from A to Z stands below.
    else if (!asked) offer("Try", head?.asks ?? []);
  }

  /** Queries to choose from, as results are. @param {string} label @param {string[]} queries */
  function offer(label, queries) {
    if (queries.length === 0) return;
    const rows = queries.map((query, at) => make("div", { class: "search-row", role: "option", id: `${id}-${at}`, "aria-selected": "false", "data-query": query }, make("b", {}, query)));
    list.append(group(LENS, label, rows, "offer"));
    input.setAttribute("aria-expanded", "true");
  }

  function lost() {
    clear();
    note.append(
      make("p", {}, make("b", {}, "Search cannot be used here."), " Its files are missing, or of another build: load the page again, or have the playbook built anew."),
      make("p", {}, make("a", { href: all.href }, "Everything from A to Z")),
    );
    status.textContent = "Search cannot be used here.";
  }

  /** @param {Reply} reply @param {string} query */
  function draw(reply, query) {
    clear();
    const [card, results] = [reply.card, reply.results.filter((hit) => hit.entry !== reply.card?.entry)];
    const said = [["Showing results for ", reply.instead], ["Nothing here says ", reply.missing.join(", ")]].filter(([, words]) => words);
    if (said.length) note.append(make("p", {}, ...said.flatMap(([before, words]) => [before ?? "", make("b", {}, words ?? ""), ". "])));
    if (reply.total === 0 && !card) return void nothing(query);
    const link = (/** @type {string} */ address) => hrefOf(address, reply.marks);
    if (card) list.append(answerOf(card, link, `${id}-0`));
    /** @type {Map<string, Hit[]>} */
    const groups = new Map();
    for (const hit of results) groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit]);
    let number = card ? 1 : 0;
    for (const [kind, hits] of groups) {
      const names = kindNames(kind);
      const rows = hits.map((hit) => row(hit, link(hit.address), `${id}-${number++}`, reply.marks));
      list.append(group(head.drawings[head.drawn[kind] ?? "page"], names[hits.length > 1 ? 1 : 0], rows, kind));
    }
    chips(reply.kinds);
    const found = `${reply.total} found${version ? `, in ${version}` : ""}`;
    count.textContent = found;
    status.textContent = `${found}${card ? `; the answer: ${card.title}` : ""}`;
    input.setAttribute("aria-expanded", "true");
    point(0, false);
    list.parentElement?.scrollTo(0, 0);
  }

  /** @param {string} query */
  async function nothing(query) {
    const mine = turn;
    const [words, near] = (await more()).nothing(query, all.href);
    if (mine !== turn) return;
    note.replaceChildren(words);
    offer("Near it", near);
    status.textContent = "Nothing found";
  }

  /** A button for each kind there is. @param {[string, number][]} all */
  function chips(all) {
    if (all.length < 2) return;
    const sum = all.reduce((sum, [, count]) => sum + count, 0);
    const chip = (/** @type {string} */ word, /** @type {string} */ label, /** @type {number} */ count) => {
      const button = make("button", { type: "button", "aria-pressed": String(word === kind) }, `${label} `, make("small", {}, String(count)));
      button.addEventListener("click", () => {
        kind = word;
        input.focus();
        void show();
      });
      return button;
    };
    // Of many kinds those with most results are shown first, and the others where they are asked for.
    const often = [...all].sort((a, b) => b[1] - a[1]).slice(0, FEW);
    const some = make("details", {});
    for (const each of all) (often.includes(each) || each[0] === kind ? kinds : some).append(chip(each[0], kindNames(each[0])[1], each[1]));
    kinds.prepend(chip("", "Everything", sum));
    if (some.firstChild) {
      some.prepend(make("summary", {}, `${some.childElementCount} more`));
      kinds.append(some);
    }
  }
}

/** What readers call one of a kind, and several. @param {string} kind @returns {[string, string]} */
function kindNames(kind) {
  const [, , one, several] = head.kinds.find((/** @type {[string]} */ [word]) => word === kind) ?? ["", 0, kind, kind];
  return [one, several];
}

/** @param {string} image @param {string} label @param {HTMLElement[]} rows @param {string} id */
function group(image, label, rows, id) {
  const title = make("p", { class: "search-kind", id: `search-of-${id}` }, icon(image), label);
  return make("div", { class: "search-group", role: "group", "aria-labelledby": title.id }, title, make("div", { role: "presentation" }, ...rows));
}

/** @param {Hit} hit @param {string} href @param {string} id @param {string[]} marks */
function row(hit, href, id, marks) {
  const title = make("b", {}, ...marked(hit.title, marks));
  if (hit.section) title.append(make("span", {}, " \u203a ", ...marked(hit.section, marks)));
  const lines = [hit.why, hit.excerpt].filter((line, at, all) => line && (at === 0 || line !== all[0])).slice(0, hit.why && hit.tier !== "question" ? 1 : 2);
  return make("a", { class: "search-row", role: "option", id, "aria-selected": "false", tabindex: "-1", href }, title, ...lines.map((line) => make("span", { class: "search-line" }, ...marked(line, marks))));
}

/** A text with what was looked for marked in it. @param {string} text @param {string[]} marks */
function marked(text, marks) {
  const out = [];
  let from = 0;
  for (const token of plain(tokens(text))) {
    if (!marks.some((mark) => token.word === mark || token.typed.startsWith(mark))) continue;
    out.push(text.slice(from, token.start), make("mark", {}, text.slice(token.start, token.end)));
    from = token.end;
  }
  return [...out, text.slice(from)];
}

/** Where a result is, with the words to mark there. @param {string} address @param {string[]} marks */
function hrefOf(address, marks) {
  const [path, anchor = ""] = address.split("#");
  const url = new URL(encodeURI(path.replace(/^\//, "")).replace(/[?#]/g, encodeURIComponent), root);
  if (marks.length) url.searchParams.set("found", marks.join(" "));
  url.hash = anchor;
  // On a disk a folder is no page.
  if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
  return url.href;
}

/** An answer as an option: it leads to its record. @param {Answered} answered @param {(address: string) => string} link @param {string} id */
function answerOf({ title, address, card }, link, id) {
  const top = make("span", { class: "answer-top" }, make("b", { class: "answer-title" }, title));
  if (card.figure) top.append(make("span", { class: "answer-figure" }, make("b", {}, card.figure), ...(card.before ? [make("small", {}, `was ${card.before}`)] : [])));
  const element = make("a", { class: "answer", role: "option", id, "aria-selected": "false", tabindex: "-1", href: link(address) }, top);
  for (const [name, until] of card.formerly ?? []) element.append(make("span", { class: "answer-was" }, make("s", {}, name), until ? ` until ${until}` : ""));
  if (card.text) element.append(make("span", { class: "answer-text" }, card.text));
  if (card.say) element.append(make("span", { class: "answer-say" }, make("small", {}, card.say[0]), `\u201c${card.say[1]}\u201d`));
  const rows = (card.rows ?? []).slice(0, 8);
  if (rows.length) element.append(make("span", { class: "answer-rows" }, ...rows.flatMap(factOf)));
  return element;
}

/** @type {Record<string, string>} */
const PARTS = { Accountable: "A", Responsible: "R", Consulted: "C", Informed: "I" };

/** A fact of a card: its label, or the letter of the matrix, and its values. @param {[string, any[][]]} fact */
function factOf([label, values]) {
  const letter = PARTS[label];
  const hue = values[0]?.[3] ?? 0;
  const shown = letter
    ? [make("i", { class: `letter letter-${letter.toLowerCase()} hue-${hue}`, "aria-hidden": "true" }, letter), make("span", { class: "vh" }, label)]
    : [label];
  const several = values.slice(0, 8).map(([text, , note, hue]) => {
    const value = make("span", hue ? { class: `role hue-${hue}` } : {}, text);
    return make("span", { class: "answer-value" }, value, ...(note ? [make("small", {}, note)] : []));
  });
  return [make("span", { class: letter ? "answer-label lettered" : "answer-label" }, ...shown), make("span", { class: "answer-values" }, ...several)];
}

const STORE = `onside searches ${root.pathname}`;

/** @returns {string[]} */
function remembered() {
  try {
    const read = JSON.parse(localStorage.getItem(STORE) ?? "[]");
    return Array.isArray(read) ? read.filter((query) => typeof query === "string").slice(0, REMEMBERED) : [];
  } catch {
    return [];
  }
}

/** @param {string} query */
function remember(query) {
  const kept = query.trim().slice(0, 80);
  if (!kept) return;
  try {
    localStorage.setItem(STORE, JSON.stringify([kept, ...remembered().filter((other) => other !== kept)].slice(0, REMEMBERED)));
  } catch {
    // The browser keeps nothing: there is no list of searches then.
  }
}
