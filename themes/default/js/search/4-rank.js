// @ts-check
// Which result stands first. The twin of `src/search/rank.rs`, step by step.

/**
 * @typedef {{term: Term, words: [Word, boolean][], rarity: number}} Meant
 * @typedef {{entry: number, tier: number, coverage: number, loose: number, section: number, name: number, class: number, degree: number}} Found
 * @typedef {{places: number[], of: (entry: number) => Found}} Ranked
 */

/** @param {string} name */
function tier(name) {
  const at = order.tiers.indexOf(name);
  return at < 0 ? order.tiers.length : at;
}

/** What a term may be in the index. @param {Term} term @returns {Meant} */
function meant(term) {
  const very = word(term.word);
  /** @type {[Word, boolean][]} */
  const words = very ? [[very, true]] : [];
  if (term.partial && count(term.typed) >= order.limits.prefix) {
    for (const other of beginning(term.typed)) if (other.text !== term.word) words.push([other, false]);
  }
  const reads = readsProse(term);
  let df = 0;
  for (const [word, exact] of words) if (exact || reads) df += placesOf(word).length / 2;
  const share = Math.floor(starts[starts.length - 1] / Math.max(1, df));
  const rarity = Math.min(order.limits.rarity, Math.max(1, 32 - Math.clz32(share)));
  return { term, words, rarity };
}

/** @param {Term} term */
function readsProse(term) {
  return count(term.typed) >= order.limits.prose;
}

/** @param {number} bits */
function ones(bits) {
  let count = 0;
  for (; bits; bits &= bits - 1) count += 1;
  return count;
}

/** More entries than there can be. */
const MOST = 2 ** 26;

/** The places of all entries that a query finds, best first, and what is known of each. @param {Meant[]} terms @returns {Ranked} */
function rank(terms) {
  /** @type {Map<number, Found>} */
  const best = new Map();
  for (const found of named(terms)) take(best, found);
  const read = reading(terms);
  const all = terms.length;
  const [some, page, section] = ["some", "page", "section"].map(tier);
  let found = entriesWhere((entry) => read.count[entry] === all);
  const namedWell = [...best.values()].some((found) => found.tier < page);
  if (found.length === 0 && !namedWell) {
    const weight = terms.reduce((sum, term) => sum + term.rarity, 0);
    found = entriesWhere((entry) => read.count[entry] > 0 && read.weight[entry] * 2 >= weight);
  }
  const tierOf = (/** @type {number} */ entry) => (read.count[entry] < all ? some : read.counts[read.best(entry)] === all ? section : page);
  /** @param {number} entry @returns {Found} */
  const ofRead = (entry) => ({ entry, tier: tierOf(entry), coverage: read.count[entry], loose: 0, section: read.best(entry) - starts[entry], name: -1, class: 0, degree: order.degrees.length });
  const weights = weightsOf(terms);
  const isNamed = (/** @type {number} */ entry) => weights[entry] > 0 && best.has(entry);
  for (const entry of found) if (isNamed(entry)) take(best, ofRead(entry));
  // Of several that are called so, the kind decides and not how much is said of each.
  const asked = tier("question");
  // What comes first is a smaller number: thousands are put in order, and few of them are shown. A test of `order.rs` holds that each
  // part has room.
  const key = (/** @type {number} */ entry, /** @type {number} */ tier, /** @type {number} */ coverage, /** @type {number} */ loose) => {
    const score = tier < asked ? 0 : read.scores[read.best(entry)] + weights[entry];
    return (((tier * 32 - coverage) * 32 + loose) * 8192 - score) * MOST + entry;
  };
  const keys = [...best.values()].map((found) => key(found.entry, found.tier, found.coverage, found.loose));
  for (const entry of found) if (!isNamed(entry)) keys.push(key(entry, tierOf(entry), read.count[entry], 0));
  const places = [...Float64Array.from(keys).sort()].map((key) => key - Math.floor(key / MOST) * MOST);
  return { places, of: (entry) => best.get(entry) ?? ofRead(entry) };
}

/** @param {(entry: number) => boolean} is */
function entriesWhere(is) {
  const found = [];
  for (let entry = 0; entry < starts.length - 1; entry += 1) if (is(entry)) found.push(entry);
  return found;
}

/** @param {Map<number, Found>} best @param {Found} found */
function take(best, found) {
  const known = best.get(found.entry);
  const nearer = !known || found.tier - known.tier || known.coverage - found.coverage || found.loose - known.loose;
  if (nearer === true || nearer < 0) best.set(found.entry, found);
}

/** What was found by names. @param {Meant[]} terms @returns {Found[]} */
function named(terms) {
  const heading = order.classes.length - 1;
  /** @type {Map<number, {entry: number, which: number, class: number, length: number, terms: number, places: number, exact: number, run: number, until: number, runIsExact: boolean}>} */
  const names = new Map();
  terms.forEach((term, number) => {
    for (const [word, exact] of term.words) {
      const hits = namesOf(word);
      for (let at = 0; at < hits.length; at += 6) {
        const key = hits[at] * 131072 + (hits[at + 2] === heading ? 65536 : 0) + hits[at + 1];
        let having = names.get(key);
        if (!having) {
          having = { entry: hits[at], which: hits[at + 1], class: hits[at + 2], length: hits[at + 5], terms: 0, places: 0, exact: 0, run: 0, until: 0, runIsExact: true };
          names.set(key, having);
        }
        const [place, span] = [hits[at + 3], hits[at + 4]];
        const places = (2 ** span - 1) << place;
        having.terms |= 1 << number;
        having.places |= places;
        if (exact) having.exact |= places;
        if (having.run === number && having.until === place) {
          having.run = number + 1;
          having.until = place + span;
          having.runIsExact &&= exact;
        }
      }
    }
  });
  const keys = [...names.keys()].sort((a, b) => a - b);
  return keys.flatMap((key) => {
    const having = names.get(key);
    const degree = having ? degreeOf(having, terms.length) : -1;
    if (!having || degree < 0) return [];
    const isHeading = having.class === heading;
    const at = tier(order.classes[having.class].tiers[degree]);
    const loose = having.length - Math.min(having.length, ones(having.places));
    return [{ entry: having.entry, tier: at, coverage: ones(having.terms), loose, section: isHeading ? having.which : 0, name: isHeading ? -1 : having.which, class: having.class, degree }];
  });
}

/** What a query is to a name: all of it, its beginning, some of it, more than it, more than its one word. @param {any} having @param {number} all */
function degreeOf(having, all) {
  if (having.run === all && having.until === having.length && having.runIsExact) return 0;
  if (having.run === all) return 1;
  if (having.terms === 2 ** all - 1) return 2;
  if (ones(having.exact) === having.length) return having.length > 1 ? 3 : 4;
  return -1;
}

/** What names add to the score. @param {Meant[]} terms */
function weightsOf(terms) {
  const all = new Int32Array(starts.length - 1);
  for (const term of terms) {
    /** @type {Map<number, number>} */
    const heaviest = new Map();
    for (const [word] of term.words) {
      const hits = namesOf(word);
      for (let at = 0; at < hits.length; at += 6) {
        const weight = order.classes[hits[at + 2]].weight;
        if (weight > (heaviest.get(hits[at]) ?? 0)) heaviest.set(hits[at], weight);
      }
    }
    for (const [entry, weight] of heaviest) all[entry] += weight * term.rarity;
  }
  return all;
}

/** What was found by reading: of each entry the terms it has, and its best section. @param {Meant[]} terms */
function reading(terms) {
  const sections = starts[starts.length - 1];
  const [counts, scores, last] = [new Uint8Array(sections), new Int32Array(sections), new Int32Array(sections)];
  const seen = new Uint8Array(sections);
  const size = starts.length - 1;
  const [count, weight, met, known] = [new Uint8Array(size), new Int32Array(size), new Uint8Array(size), new Int32Array(size)];
  terms.forEach((term, number) => {
    const reads = readsProse(term.term);
    for (const [word, exact] of term.words) {
      if (!exact && !reads) continue;
      const places = placesOf(word);
      const accents = accentsOf(word);
      let entry = 0;
      for (let at = 0; at < places.length; at += 2) {
        const place = places[at];
        const often = Math.min(places[at + 1], order.limits.frequency) + (exact ? 2 : 0);
        const score = term.rarity * often + (accents.length && hasAccent(accents, term.term.accented, place) ? order.limits.accent : 0);
        if (seen[place] !== number + 1) {
          seen[place] = number + 1;
          last[place] = 0;
          counts[place] += 1;
        }
        if (score > last[place]) {
          scores[place] += score - last[place];
          last[place] = score;
        }
        while (starts[entry + 1] <= place) entry += 1;
        if (met[entry] !== number + 1) {
          met[entry] = number + 1;
          count[entry] += 1;
          weight[entry] += term.rarity;
        }
      }
    }
  });
  /** An entry's best section. @param {number} entry */
  const best = (entry) => {
    if (known[entry]) return known[entry] - 1;
    let at = starts[entry];
    for (let place = at + 1; place < starts[entry + 1]; place += 1) {
      if ((counts[place] - counts[at] || scores[place] - scores[at]) > 0) at = place;
    }
    known[entry] = at + 1;
    return at;
  };
  return { count, weight, best, counts, scores };
}

/** Whether a word stands somewhere with the accents that were asked for, or without any as it was asked for. @param {[string, Int32Array][]} accents @param {string | null} form @param {number} place */
function hasAccent(accents, form, place) {
  const has = (/** @type {Int32Array} */ places) => places[lastUpTo(places, place)] === place;
  return form === null ? !accents.some(([, places]) => has(places)) : accents.some(([known, places]) => known === form && has(places));
}
