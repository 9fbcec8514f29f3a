// @ts-check
// What search sends for when a word stands nowhere, a question is asked, or a query is narrowed down.
// The twin of `src/search/typo.rs`, and of the second half of `src/search/reply.rs`.

/** @param {() => any} inner what search is made of */
window.onsideMore = (inner) => {
  const { order, sets, head, wordFiles, VALUES, DIGIT, count, plain, tokens, parse, unpack, named, isName, hasCard, classOf, kindOf, entries, starts, word, namesOf, placesOf, lastUpTo, isSplit, needEntries, make } = inner();

  /** The nearest word: one edit away from four letters on, two from eight. @param {Term} term @returns {[string, string] | null} the word, and how it is written */
  function nearest(term) {
    const letters = count(term.typed);
    if (letters < order.limits.one || /[0-9]/.test(term.typed)) return null;
    const reach = letters < order.limits.two ? 1 : 2;
    /** @type {[number, number, number, string, string] | null} */
    let best = null;
    for (const [text, often, unnamed, written] of candidates()) {
      const distance = away(term, text, letters, reach);
      if (distance === null) continue;
      const nearer = !best || distance - best[0] || unnamed - best[1] || best[2] - often || (text < best[3] ? -1 : 1);
      if (nearer === true || nearer < 0) best = [distance, unnamed, often, text, written];
    }
    return best ? [best[3], best[4]] : null;
  }

  /** Every word that may have been meant: how often it stands, 0 where it names something, and how it is written. @returns {[string, number, number, string][]} */
  function candidates() {
    const { spelling } = inner();
    if (spelling) return spelling.map((/** @type {[string, number, string?]} */ [text, mark, written]) => [text, mark >> 1, mark & 1 ? 0 : 1, written || text]);
    return (wordFiles.get(0) ?? []).map((/** @type {Word} */ { text, row }) => [text, unpackedLength(row[2]), row[1] ? 0 : 1, row[3] || text]);
  }

  /** How many numbers stand in letters. @param {string} text */
  function unpackedLength(text) {
    let length = 0;
    for (let at = 0; at < text.length; at += 1) if (VALUES[text.charCodeAt(at)] < 32) length += 1;
    return length;
  }

  /** Twice the number of edits, and one more where only the beginning is near. @param {Term} term @param {string} text @param {number} letters @param {number} reach */
  function away(term, text, letters, reach) {
    const there = count(text);
    if (there + reach < Math.min(letters, count(term.word)) || /[0-9]/.test(text)) return null;
    const edits = there <= letters + reach ? distance(term.word, text, reach) : reach + 1;
    if (edits <= reach) return 2 * edits;
    if (!term.partial || there <= letters) return null;
    const begun = distance(term.typed, [...text].slice(0, letters).join(""), reach);
    return begun <= reach ? 2 * begun + 1 : null;
  }

  /** How many edits part two words: a letter too many, too few, another one, or two that changed places; more than `reach` is not told apart. @param {string} a @param {string} b @param {number} reach */
  function distance(a, b, reach) {
    const [from, to] = [[...a], [...b]];
    if (Math.abs(from.length - to.length) > reach) return reach + 1;
    let before = /** @type {number[]} */ ([]);
    let last = Array.from({ length: to.length + 1 }, (_, at) => at);
    for (let i = 1; i <= from.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= to.length; j += 1) {
        const other = from[i - 1] === to[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + other);
        if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > reach) return reach + 1;
      before = last;
      last = row;
    }
    return last[to.length];
  }

  /** What is said where nothing is found, and the names nearest to what was typed. @param {string} query @param {string} all where everything stands @returns {[HTMLElement, string[]]} */
  function nothing(query, all) {
    const found = make("b", {}, `Nothing found for \u201c${query.trim().slice(0, 60)}\u201d.`);
    return [make("p", {}, found, " Perhaps it is called otherwise here: ", make("a", { href: all }, "everything from A to Z"), "."), near(query)];
  }

  /** Names that are nearest to what was typed. @param {string} text @returns {string[]} */
  function near(text) {
    const typed = parse(text).terms[0]?.typed ?? "";
    if (count(typed) < 3) return [];
    const names = candidates().filter(([, , unnamed]) => !unnamed).map(([text, , , written]) => ({ written, away: distance(typed, text, 3) }));
    const sorted = names.filter(({ away }) => away <= 3).sort((a, b) => a.away - b.away || (a.written < b.written ? -1 : 1));
    return sorted.slice(0, 4).map(({ written }) => written);
  }

  /** What a question asks for. @param {Query} query @param {Meant[]} terms @returns {Answering | null} */
  function question(query, terms) {
    const words = terms.map(({ term }) => term.word);
    // "Whom do I ask" is not "who may".
    const first = words.includes("ask") || words.includes("talk") ? asked(terms, "ask") : decided(query, words, true);
    return promised(query, words) ?? first ?? asked(terms, "ask") ?? asked(terms, "title") ?? decided(query, words, false) ?? done(terms);
  }

  /** @param {string} word */
  function isNumber(word) {
    return DIGIT.test(word[0]);
  }

  /** The one record that has what is asked for as a whole. @param {Meant[]} terms @param {"ask" | "title"} what @returns {Answering | null} */
  function asked(terms, what) {
    const specific = terms.filter(({ term }) => !sets.generic.has(term.word) && !isNumber(term.word));
    /** @type {Found[]} */
    const all = named(specific.length ? specific : terms);
    const hits = all.filter((found) => (what === "ask" ? found.degree === 0 && classOf(found) === "ask" : isName(found)));
    hits.sort((a, b) => a.tier - b.tier || a.entry - b.entry);
    const places = [...new Set(hits.map(({ entry }) => entry))];
    const isClear = what === "ask" ? places.length === 1 : places.length > 0;
    return isClear && hasCard(places[0]) ? { entry: places[0] } : null;
  }

  /** The one activity whose title has all that is asked for. @param {Meant[]} terms @returns {Answering | null} */
  function done(terms) {
    const hits = named(terms).filter((/** @type {Found} */ found) => found.degree <= 2 && classOf(found) === "title" && kindOf(found.entry)[0] === "activity");
    return hits.length === 1 ? { entry: hits[0].entry } : null;
  }

  /** Who may decide what is asked for, and up to how much. @param {Query} query @param {string[]} words @param {boolean} very @returns {Answering | null} */
  function decided(query, words, very) {
    const isAmount = (/** @type {string} */ word) => isNumber(word) || (amounts(query.text).length > 0 && sets.units.has(word));
    const plain = words.filter((word) => !isAmount(word));
    const telling = plain.filter((word) => !sets.generic.has(word));
    const wanted = telling.length ? telling : plain;
    const wider = head.decisions.filter((/** @type {any[]} */ [words]) => wanted.every((word) => words.includes(word)));
    const one = wanted.length && wider.length === 1 ? wider[0] : null;
    const decision = very ? head.decisions.find((/** @type {any[]} */ [words]) => words.join(" ") === wanted.join(" ")) : one;
    if (!decision) return null;
    const [, title, takers] = decision;
    const [amount, unit] = amounts(query.text)[0] ?? [null, null];
    const isEnough = (/** @type {any[]} */ [, limit, of]) => (limit === null || limit >= (amount ?? 0)) && (unit === null || of === "" || of === unit);
    const taker = amount === null ? takers[0] : takers.find(isEnough);
    if (!taker) return null;
    const rows = takers.map((/** @type {any[]} */ [, , , said, role, address, hue, holders]) => [said, [[role, address, holders, hue]]]);
    return { entry: taker[0], title, text: amount === null ? undefined : `${taker[4]} may, ${taker[3]}.`, rows };
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

  const SIGNS = { "£": "GBP", "€": "EUR", $: "USD", "¥": "JPY" };
  const UNITS = [["%", "%"], ["per cent", "%"], ["percent", "%"], ["gbp", "GBP"], ["pound", "GBP"], ["£", "GBP"], ["eur", "EUR"], ["€", "EUR"], ["usd", "USD"], ["dollar", "USD"], ["$", "USD"], ["jpy", "JPY"]];

  /** Every number, in thousandths, and what it is said to be a number of. @param {string} text @returns {[number, string | null][]} */
  function amounts(text) {
    return plain(tokens(text)).flatMap((/** @type {Token} */ token) => {
      const amount = DIGIT.test(token.word[0]) ? thousandths(token.word) : null;
      if (amount === null) return [];
      const before = text.slice(0, token.start).replace(/\p{White_Space}+$/u, "");
      const after = text.slice(token.end).replace(/^\p{White_Space}+/u, "").toLowerCase();
      const sign = Object.entries(SIGNS).find(([sign]) => before.endsWith(sign));
      return [[amount, sign?.[1] ?? UNITS.find(([word]) => after.startsWith(word))?.[1] ?? null]];
    });
  }

  /** Three figures behind a point are thousands. @param {string} number */
  function thousandths(number) {
    const parts = number.split(".");
    const fraction = parts.length > 1 && parts[parts.length - 1].length !== 3 ? (parts.pop() ?? "") : "";
    const digits = parts.join("");
    if (digits.length > 12 || !/^[0-9]+$/.test(digits) || !/^[0-9]*$/.test(fraction)) return null;
    return Number(digits) * 1000 + Number(fraction.padEnd(3, "0").slice(0, 3));
  }

  /** @param {Query} query @param {number[]} found */
  function ofKind(query, found) {
    return found.filter((entry) => isWanted(query, "kind", entry));
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

  /** What stands for an entry in runs of sets. @param {"team" | "owner"} key @param {number} at @returns {string[]} */
  function setOf(key, at) {
    const [sets, runs] = key === "team" ? [head.teams, (head.teamList ??= unpack(head.teamRuns))] : [head.owners, (head.ownerList ??= unpack(head.ownerRuns))];
    let until = 0;
    for (let run = 0; run < runs.length; run += 2) {
      until += runs[run + 1];
      if (at < until) return sets[runs[run]];
    }
    return [];
  }

  /** What is of the team and the owner, has no unwanted word, and has the quoted ones side by side. @param {Query} query @param {number[]} found */
  async function narrowed(query, found) {
    found = found.filter((entry) => isWanted(query, "team", entry) && isWanted(query, "owner", entry));
    for (const known of query.without.map(word).filter(Boolean)) {
      /** @type {Set<number>} */
      const has = new Set();
      const [names, places] = [namesOf(known), placesOf(known)];
      for (let at = 0; at < names.length; at += 6) has.add(names[at]);
      for (let at = 0; at < places.length; at += 2) has.add(lastUpTo(starts, places[at]));
      found = found.filter((entry) => !has.has(entry));
    }
    return query.quoted.length ? withQuoted(query, found) : found;
  }

  /** @param {Query} query @param {number[]} found */
  async function withQuoted(query, found) {
    if (isSplit()) found = found.slice(0, order.limits.quoted);
    await needEntries(found);
    return found.filter((entry) => query.quoted.every((words) => says(entry, words)));
  }

  /** Whether an entry says some words one behind the other. @param {number} at @param {string[]} wanted */
  function says(at, wanted) {
    const known = entries.get(at);
    const texts = [...(known?.names ?? []).map((/** @type {any[]} */ [, text]) => text), known?.line ?? "", ...(known?.sections ?? []).flatMap((/** @type {any[]} */ [, heading, text]) => [heading, text])];
    return texts.some((/** @type {string} */ text) => {
      const read = plain(tokens(text)).map((/** @type {Token} */ token) => token.word);
      return read.some((/** @type {string} */ _, /** @type {number} */ from) => wanted.every((word, at) => read[from + at] === word));
    });
  }

  return { nearest, nothing, question, narrowed, ofKind };
};
