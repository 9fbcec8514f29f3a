// @ts-check
// What a reader typed. The twin of `src/search/query.rs`.

/**
 * @typedef {{word: string, typed: string, accented: string | null, raw: string, partial: boolean, whole: [string, number] | null}} Term
 * @typedef {{terms: Term[], quoted: string[][], without: string[], filters: [string, string][], asks: boolean, text: string}} Query
 */

const QUOTE = /["\u201c\u201d\u201e\u00ab\u00bb]/;
const SPACE = /\p{White_Space}/u;
const GAP = /[\p{White_Space}"\u201c\u201d\u201e\u00ab\u00bb]/u;

/** @param {string} text @returns {Query} */
function parse(text) {
  let rest = [...text].slice(0, order.limits.query).join("");
  /** @type {Query} */
  const query = { terms: [], quoted: [], without: [], filters: [], asks: false, text: rest };
  /** @type {Term[]} */
  const all = [];
  while (rest) {
    const c = letterAt(rest, 0);
    if (SPACE.test(c)) {
      rest = rest.slice(c.length);
      continue;
    }
    const inner = rest.slice(c.length);
    const end = QUOTE.test(c) ? inner.search(QUOTE) : -1;
    if (end >= 0) {
      const read = plain(tokens(inner.slice(0, end)));
      query.quoted.push(read.map((token) => token.word));
      all.push(...read.map((token) => term(token, inner)));
      rest = inner.slice(end + 1);
      continue;
    }
    const start = QUOTE.test(c) ? inner : rest;
    const gap = start.search(GAP);
    const length = gap < 0 ? start.length : gap;
    pieceOf(query, all, start.slice(0, length), length === start.length);
    rest = start.slice(length);
  }
  query.asks = all.length > 0 && sets.asking.has(all[0].word);
  query.quoted = query.quoted.filter((words) => words.length > 1);
  const telling = all.filter((term) => !sets.stop.has(term.word));
  query.terms = (telling.length ? telling : all).slice(0, order.limits.terms);
  return query;
}

/** @param {Query} query @param {Term[]} all @param {string} piece @param {boolean} isLast */
function pieceOf(query, all, piece, isLast) {
  if (piece.startsWith("-")) {
    query.without.push(...plain(tokens(piece.slice(1))).map((token) => token.word));
    return;
  }
  const colon = piece.indexOf(":");
  const key = piece.slice(0, Math.max(0, colon));
  if (["kind", "team", "owner"].includes(key) && piece.length > colon + 1) {
    query.filters.push([key, piece.slice(colon + 1).toLowerCase()]);
    return;
  }
  const read = tokens(piece);
  const parts = plain(read);
  const own = parts.map((token) => term(token, piece));
  const last = own.at(-1);
  if (last) last.partial = isLast && parts.at(-1)?.end === piece.length;
  const whole = read.find((token) => token.joins === parts.length);
  const tell = own.filter((term) => !sets.stop.has(term.word));
  if (whole && tell.length) tell[0].whole = [whole.word, tell.length];
  all.push(...own);
}

/** @param {Token} token @param {string} text @returns {Term} */
function term(token, text) {
  const { word, typed, accented, start, end } = token;
  return { word, typed, accented, raw: text.slice(start, end), partial: false, whole: null };
}
