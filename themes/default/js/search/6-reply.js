// @ts-check
// A query answered: results, the card above them, and what was read instead of a slip. The twin of `src/search/reply.rs`.

/**
 * @typedef {{entry: number, address: string, record: string, kind: string, title: string, section: string, tier: string, excerpt: string, why: string}} Hit
 * @typedef {{entry: number, record: string, title: string, address: string, card: any}} Answered
 * @typedef {{query: string, results: Hit[], total: number, kinds: [string, number][], card: Answered | null, instead: string | null, missing: string[], marks: string[]}} Reply
 */

/** Answers a query. @param {string} text @param {number} limit @returns {Promise<Reply>} */
async function search(text, limit) {
  await load("index");
  const query = parse(text);
  /** @type {Reply} */
  const reply = { query: text, results: [], total: 0, kinds: [], card: null, instead: null, missing: [], marks: [] };
  const terms = await understood(query, reply);
  if (terms.length === 0 && (query.terms.length > 0 || query.filters.length === 0)) return reply;
  const { places, of } = terms.length ? rank(terms) : everything();
  let found = places;
  const isPlain = !query.filters.length && !query.quoted.length && !query.without.length;
  if (!isPlain) found = await (await more()).narrowed(query, found);
  reply.kinds = kindsOf(found);
  if (!isPlain) found = (await more()).ofKind(query, found);
  const shown = found.slice(0, limit).map(of);
  const first = found.length ? of(found[0]) : null;
  const answering = isPlain && !reply.missing.length ? (answerOfName(first) ?? (query.asks ? (await more()).question(query, terms) : null)) : null;
  await needEntries([...shown.map(({ entry }) => entry), ...(answering ? [answering.entry] : [])]);
  reply.card = answering ? answered(answering) : null;
  reply.total = found.length;
  reply.results = shown.map((found) => hit(found, terms, reply.instead !== null));
  reply.marks = terms.map(({ term }) => (term.partial ? term.typed : term.word));
  return reply;
}

/** What is sent for when a word stands nowhere, a question is asked, or a query is narrowed down. @returns {Promise<any>} */
async function more() {
  if (!window.onsideMore) await script(field.dataset.more ?? "", () => Boolean(window.onsideMore));
  helper ??= window.onsideMore?.(() => ({ order, sets, head, wordFiles, spelling, VALUES, DIGIT, count, plain, tokens, parse, unpack, named, isName, hasCard, classOf, kindOf, entries, starts, word, namesOf, placesOf, lastUpTo, isSplit, needEntries, make }));
  return helper;
}

/** @type {any} */
let helper;

/** The terms with the words they mean: slips are mended, and what stands nowhere is left out. @param {Query} query @param {Reply} reply */
async function understood(query, reply) {
  await needWords(query.terms, query.without);
  const said = [];
  /** @type {Meant[]} */
  const terms = [];
  for (let at = 0; at < query.terms.length; ) {
    const here = query.terms[at];
    const [term, parts] = together(query, at);
    at += parts;
    const known = meant(term);
    if (known.words.length) {
      said.push(term.raw);
      terms.push(known);
      continue;
    }
    if (query.terms.length > 1 && here.partial && count(here.typed) < order.limits.prefix) {
      said.push(here.raw);
      continue;
    }
    // "How fast": the question is about something else than the word.
    if (query.asks && (sets.generic.has(here.word) || sets.speed.has(here.word))) continue;
    if (isSplit() && !spelling) await load("spelling-0");
    const near = (await more()).nearest(here);
    if (!near) {
      reply.missing.push(here.raw);
      continue;
    }
    const [word, written] = near;
    said.push(written);
    const mended = { word, typed: word, accented: null, raw: written, partial: false, whole: null };
    await needWords([mended], []);
    terms.push(meant(mended));
    reply.instead = "";
  }
  if (reply.instead !== null) reply.instead = said.join(" ");
  return terms;
}

/** The whole of "stand-up" where only "standup" is known, else the term as it is; and how many terms are in it. @param {Query} query @param {number} at @returns {[Term, number]} */
function together(query, at) {
  const term = query.terms[at];
  if (!term.whole) return [term, 1];
  const [whole, parts] = term.whole;
  const areKnown = query.terms.slice(at, at + parts).every((part) => meant(part).words.length > 0);
  if (areKnown || !word(whole)) return [term, 1];
  return [{ word: whole, typed: whole, accented: null, raw: whole, partial: false, whole: null }, parts];
}

/** @returns {Ranked} */
function everything() {
  const found = { tier: tier("some"), coverage: 0, loose: 0, section: 0, name: -1, class: 0, degree: order.degrees.length };
  return { places: entriesWhere(() => true), of: (entry) => ({ entry, ...found }) };
}

/** @param {number[]} found @returns {[string, number][]} */
function kindsOf(found) {
  const kinds = head.kinds.map((/** @type {[string, number]} */ [kind]) => [kind, 0]);
  let last = 0;
  const until = head.kinds.map((/** @type {[string, number]} */ [, count]) => (last += count));
  for (const entry of found) kinds[until.findIndex((/** @type {number} */ end) => entry < end)][1] += 1;
  return kinds.filter((/** @type {[string, number]} */ [, count]) => count > 0);
}

/** @param {number} at */
function titleOf(at) {
  return entries.get(at)?.names[0][1] ?? "";
}

/** @param {number} at */
function recordOf(at) {
  const id = entries.get(at)?.id;
  return id ? `${kindOf(at)[0]}:${id}` : "";
}

/** @param {Found} found @param {Meant[]} terms @param {boolean} isSlip @returns {Hit} */
function hit(found, terms, isSlip) {
  const known = entries.get(found.entry);
  const [anchor, heading, text] = known?.sections[found.section] ?? ["", "", ""];
  return {
    entry: found.entry,
    address: (known?.address ?? "") + (anchor ? `#${anchor}` : ""),
    record: recordOf(found.entry),
    kind: kindOf(found.entry)[0],
    title: titleOf(found.entry),
    section: heading,
    tier: isSlip ? "typo" : (order.tiers[found.tier] ?? ""),
    excerpt: isNamed(found) && known?.line ? shortened(known.line) : (excerpt(text, terms) ?? shortened(found.section === 0 ? (known?.line ?? "") : text)),
    why: (found.name >= 0 && known?.names[found.name]?.[2]) || "",
  };
}

/** Whether the name alone says why something was found: then what it is says more than where its words stand. @param {Found} found */
function isNamed(found) {
  return found.name >= 0 && found.degree <= 2;
}

/** The stretch of a text in which most terms stand near each other. @param {string} text @param {Meant[]} terms @returns {string | null} */
function excerpt(text, terms) {
  const read = text.length > order.limits.read ? [...text].slice(0, order.limits.read).join("") : text;
  /** @type {[number, number, number][]} */
  const hits = [];
  tokens(read).forEach((token, at) => {
    const term = terms.findIndex((term) => isMeant(token, term.term));
    if (term >= 0) hits.push([at, term, token.start]);
  });
  let most = 0;
  let place = -1;
  hits.forEach(([at, , start], number) => {
    let seen = 0;
    for (let near = number; near < hits.length && hits[near][0] - at < order.limits.reach; near += 1) seen |= 1 << hits[near][1];
    if (ones(seen) > most) [most, place] = [ones(seen), start];
  });
  return place < 0 ? null : around(text, place);
}

/** Whether a word of a text is one that a term means. @param {Token} token @param {Term} term */
function isMeant(token, term) {
  const isBegun = term.partial && token.word.startsWith(term.typed) && count(term.typed) >= order.limits.prefix;
  return token.joins === 0 && (token.word === term.word || isBegun);
}

/** @param {string} text @param {number} place */
function around(text, place) {
  const letters = [...text];
  const at = [...text.slice(0, place)].length;
  const line = letters.lastIndexOf("\n", at - 1) + 1;
  const start = at === 0 ? 0 : line;
  let from = Math.max(at - order.limits.lead, start);
  while (from > start && from < at && !SPACE.test(letters[from - 1])) from += 1;
  return (from > start ? "\u2026" : "") + shortened(letters.slice(from).join(""));
}

/** The beginning of a text, whole words only, in one line. @param {string} text */
function shortened(text) {
  const letters = [...text];
  let end = Math.min(letters.length, order.limits.excerpt);
  const isCut = end < letters.length;
  while (isCut && end > order.limits.lead && !SPACE.test(letters[end])) end -= 1;
  const shown = trim(letters.slice(0, end).map((c) => (c === "\n" ? " \u00b7 " : c)).join(""));
  return isCut ? `${shown.replace(/[,.;: ]+$/, "")}\u2026` : shown;
}

/** @param {string} text */
function trim(text) {
  return text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
}

/** @typedef {{entry: number, title?: string, text?: string, rows?: any[]}} Answering */

/** A record that was named. @param {Found | null} found @returns {Answering | null} */
function answerOfName(found) {
  return found && isName(found) && hasCard(found.entry) ? { entry: found.entry } : null;
}

/** Kinds that are mostly prose have no cards. @param {number} at */
function hasCard(at) {
  return head.carded.includes(kindOf(at)[0]);
}

/** @param {Found} found */
function isName(found) {
  return found.degree === 0 && ["title", "id", "alias", "retired"].includes(classOf(found));
}

/** @param {Found} found */
function classOf(found) {
  return found.name < 0 ? "" : order.classes[found.class].name;
}

/** @param {Answering} answering @returns {Answered} */
function answered({ entry, title, text, rows }) {
  const card = rows ? { text, rows } : entries.get(entry)?.card;
  return { entry, record: recordOf(entry), title: title ?? titleOf(entry), address: entries.get(entry)?.address ?? "", card };
}
