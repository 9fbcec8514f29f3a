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
  let found = terms.length ? rank(terms) : everything();
  found = found.filter(({ entry }) => isWanted(query, "team", entry) && isWanted(query, "owner", entry));
  found = withoutUnwanted(query, found);
  if (query.quoted.length) found = await withQuoted(query, found);
  reply.kinds = kindsOf(found);
  found = found.filter(({ entry }) => isWanted(query, "kind", entry));
  const shown = found.slice(0, limit);
  const isPlain = !reply.missing.length && !query.filters.length && !query.quoted.length && !query.without.length;
  const answering = isPlain ? answer(query, terms, found) : null;
  await needEntries([...shown.map(({ entry }) => entry), ...(answering && answering.entry !== undefined ? [answering.entry] : [])]);
  reply.card = answering ? answered(answering) : null;
  reply.total = found.length;
  reply.results = shown.map((found) => hit(found, terms, reply.instead !== null));
  reply.marks = terms.map(({ term }) => (term.partial ? term.typed : term.word));
  return reply;
}

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
    const near = nearest(here);
    if (!near) {
      said.push(here.raw);
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

/** @returns {Found[]} */
function everything() {
  const found = { tier: tier("some"), coverage: 0, loose: 0, score: 0, section: 0, name: -1, class: 0, degree: order.degrees.length };
  return Array.from({ length: starts.length - 1 }, (_, entry) => ({ entry, ...found }));
}

/** @param {Query} query @param {"kind" | "team" | "owner"} key @param {number} entry */
function isWanted(query, key, entry) {
  return query.filters.every(([filter, value]) => {
    if (filter !== key) return true;
    if (key === "kind") return [value, value.replace(/s$/, "")].includes(kindOf(entry)[0]);
    const titles = head.titles[key === "team" ? "team" : "role"];
    return setOf(key, entry).some((id) => id === value || (Object.hasOwn(titles, id) ? titles[id] : "") === value);
  });
}

/** @param {Query} query @param {Found[]} found */
function withoutUnwanted(query, found) {
  for (const unwanted of query.without) {
    const known = word(unwanted);
    if (!known) continue;
    /** @type {Set<number>} */
    const has = new Set();
    const names = namesOf(known);
    for (let at = 0; at < names.length; at += 6) has.add(names[at]);
    const places = placesOf(known);
    for (let at = 0; at < places.length; at += 2) has.add(lastUpTo(starts, places[at]));
    found = found.filter(({ entry }) => !has.has(entry));
  }
  return found;
}

/** @param {Query} query @param {Found[]} found */
async function withQuoted(query, found) {
  if (isSplit()) found = found.slice(0, order.limits.quoted);
  await needEntries(found.map(({ entry }) => entry));
  return found.filter(({ entry }) => query.quoted.every((words) => says(entry, words)));
}

/** Whether an entry says some words one behind the other. @param {number} at @param {string[]} wanted */
function says(at, wanted) {
  const known = entries.get(at);
  const texts = [...(known?.names ?? []).map(([, text]) => text), known?.line ?? "", ...(known?.sections ?? []).flatMap(([, heading, text]) => [heading, text])];
  return texts.some((text) => {
    const read = plain(tokens(text)).map((token) => token.word);
    return read.some((_, from) => wanted.every((word, at) => read[from + at] === word));
  });
}

/** @param {Found[]} found @returns {[string, number][]} */
function kindsOf(found) {
  /** @type {Map<string, number>} */
  const counts = new Map(head.kinds.map((/** @type {[string]} */ [kind]) => [kind, 0]));
  for (const { entry } of found) {
    const [kind] = kindOf(entry);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > 0);
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
    excerpt: excerpt(text, terms) ?? shortened(found.section === 0 ? (known?.line ?? "") : text),
    why: (found.name >= 0 && known?.names[found.name]?.[2]) || "",
  };
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
  const shown = trim(letters.slice(0, end).map((c) => (c === "\n" ? " " : c)).join(""));
  return isCut ? `${shown.replace(/[,.;: ]+$/, "")}\u2026` : shown;
}

/** @param {string} text */
function trim(text) {
  return text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
}

/** @typedef {{entry: number, title?: string, rows?: any[], address?: string}} Answering */

/** The answer: a record that was named, or what a question asks for. @param {Query} query @param {Meant[]} terms @param {Found[]} found @returns {Answering | null} */
function answer(query, terms, found) {
  if (found.length && isName(found[0]) && hasCard(found[0].entry)) return { entry: found[0].entry };
  if (!query.asks) return null;
  const words = terms.map(({ term }) => term.word);
  // "Whom do I ask" is not "who may".
  const first = words.includes("ask") || words.includes("talk") ? asked(terms, "ask") : decided(query, words);
  return promised(query, words) ?? first ?? asked(terms, "ask") ?? done(terms) ?? asked(terms, "title");
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

/** @param {string} word */
function isNumber(word) {
  return DIGIT.test(word[0]);
}

/** The one record that has what is asked for as a whole. @param {Meant[]} terms @param {"ask" | "title"} what @returns {Answering | null} */
function asked(terms, what) {
  const specific = terms.filter(({ term }) => !sets.generic.has(term.word) && !isNumber(term.word));
  const hits = named(specific.length ? specific : terms).filter((found) => (what === "ask" ? found.degree === 0 && classOf(found) === "ask" : isName(found)));
  hits.sort((a, b) => a.tier - b.tier || a.entry - b.entry);
  const places = [...new Set(hits.map(({ entry }) => entry))];
  const isClear = what === "ask" ? places.length === 1 : places.length > 0;
  return isClear && hasCard(places[0]) ? { entry: places[0] } : null;
}

/** The one activity whose title has all that is asked for. @param {Meant[]} terms @returns {Answering | null} */
function done(terms) {
  const hits = named(terms).filter((found) => found.degree <= 2 && classOf(found) === "title" && kindOf(found.entry)[0] === "activity");
  return hits.length === 1 ? { entry: hits[0].entry } : null;
}

/** Who may decide what is asked for, and up to how much. @param {Query} query @param {string[]} words @returns {Answering | null} */
function decided(query, words) {
  const isAmount = (/** @type {string} */ word) => isNumber(word) || (query.amounts.length > 0 && sets.units.has(word));
  const plain = words.filter((word) => !isAmount(word));
  const telling = plain.filter((word) => !sets.generic.has(word));
  const wanted = telling.length ? telling : plain;
  const very = head.decisions.find((/** @type {any[]} */ [words]) => words.join(" ") === wanted.join(" "));
  const wider = head.decisions.filter((/** @type {any[]} */ [words]) => wanted.every((word) => words.includes(word)));
  const decision = very ?? (wanted.length && wider.length === 1 ? wider[0] : null);
  if (!decision) return null;
  const [, title, takers] = decision;
  const [amount, unit] = query.amounts[0] ?? [null, null];
  const isEnough = (/** @type {any[]} */ [, limit, of]) => (limit === null || limit >= (amount ?? 0)) && (unit === null || of === "" || of === unit);
  const taker = amount === null ? takers[0] : takers.find(isEnough);
  if (!taker) return null;
  const rows = [["May decide", takers.map((/** @type {any[]} */ [, , , text, title, address, hue]) => [title, address, text, hue])]];
  return { entry: taker[0], title, rows };
}

/** What a team or a role has promised, where a question asks how soon. @param {Query} query @param {string[]} words @returns {Answering | null} */
function promised(query, words) {
  if (!query.terms.some(({ word }) => sets.hurry.has(word))) return null;
  const who = words.filter((word) => !sets.speed.has(word)).join(" ");
  const isTheirs = (/** @type {any[]} */ [, names]) => names.some((/** @type {string[]} */ name) => name.length > 0 && name.join(" ") === who);
  const theirs = head.promises.filter(isTheirs);
  if (theirs.length === 0) return null;
  const [entry, names, role, team] = theirs[0];
  const title = `What ${names[0].join(" ") === who ? role : team} promises`;
  const rows = theirs.map((/** @type {any[]} */ [, , role, , text, within, address]) => [role, [[text, address, within]]]);
  return { entry, title, rows };
}

/** @param {Answering} answering @returns {Answered} */
function answered({ entry, title, rows }) {
  const card = rows ? { rows } : entries.get(entry)?.card;
  return { entry, record: recordOf(entry), title: title ?? titleOf(entry), address: entries.get(entry)?.address ?? "", card };
}
