// @ts-check
// Words as they are compared: any case, any accent, one or several, with or without a hyphen. The twin of `src/search/fold.rs`.

/** @typedef {{word: string, typed: string, accented: string | null, start: number, end: number, joins: number}} Token */

/** The order of results: tiers, weights, limits and words that say nothing, as `order.json` has them. @type {any} */
let order;
/** The same, folded. @type {Record<"stop" | "generic" | "asking" | "speed" | "hurry" | "units", Set<string>>} */
const sets = /** @type {any} */ ({});

/** @param {any} read */
function setOrder(read) {
  order = read;
  for (const list of /** @type {const} */ (["stop", "generic", "asking", "speed", "hurry", "units"])) sets[list] = new Set(read[list].map(one));
}

const LETTER = /[\p{Alphabetic}\p{N}\p{M}\u00ad\u200b-\u200d\u2060\ufeff]/u;
const PLAIN = /^[0-9A-Za-z]+$/;
const MARK = /\p{M}/u;
const ALPHANUMERIC = /[\p{Alphabetic}\p{N}]/u;
const DIGIT = /[0-9]/;

/** The code point at a place, as text. @param {string} text @param {number} at */
function letterAt(text, at) {
  const code = text.codePointAt(at);
  return code === undefined ? "" : String.fromCodePoint(code);
}

/** Whether a letter is of a script that parts no words. @param {string} c */
function isRun(c) {
  const code = c.codePointAt(0) ?? 0;
  return code >= 0xe00 && order.bigrams.some((/** @type {number[]} */ [first, last]) => code >= first && code <= last);
}

/** @param {string} c */
function isWordLetter(c) {
  return c !== "" && LETTER.test(c) && !isRun(c);
}

/** How many letters. @param {string} word */
function count(word) {
  return PLAIN.test(word) ? word.length : [...word].length;
}

/** @param {string} word */
function cut(word) {
  return word.length > order.limits.letters ? [...word].slice(0, order.limits.letters).join("") : word;
}

/** Whether a letter of ASCII parts words; most do not have to be looked at any closer. @param {number} code */
function isGap(code) {
  return code < 128 && !isPlain(code);
}

/** @param {number} code */
function isPlain(code) {
  return (code > 96 && code < 123) || (code > 47 && code < 58) || (code > 64 && code < 91);
}

/** The words of a text, in order. @param {string} text @returns {Token[]} */
function tokens(text) {
  /** @type {Token[]} */
  const out = [];
  let at = 0;
  while (at < text.length) {
    if (isGap(text.charCodeAt(at))) {
      at += 1;
      continue;
    }
    const c = letterAt(text, at);
    if (isRun(c)) at = run(text, at, out);
    else if (LETTER.test(c)) at = compound(text, at, out);
    else at += c.length;
  }
  return out;
}

/** Letters of a script that parts no words: each two neighbours are one. @param {string} text @param {number} at @param {Token[]} out */
function run(text, at, out) {
  /** @type {[number, string][]} */
  const letters = [];
  for (let c = letterAt(text, at); c && isRun(c); c = letterAt(text, at)) {
    letters.push([at, c]);
    at += c.length;
  }
  const pairs = letters.length === 1 ? [letters] : letters.slice(1).map((letter, n) => [letters[n], letter]);
  for (const pair of pairs) {
    const word = pair.map(([, c]) => c).join("");
    out.push({ word, typed: word, accented: null, start: pair[0][0], end: pair[0][0] + word.length, joins: 0 });
  }
  return at;
}

/** A word; with a hyphen in it its parts, then all of it. @param {string} text @param {number} at @param {Token[]} out */
function compound(text, at, out) {
  const first = out.length;
  const start = at;
  for (;;) {
    at = part(text, at, out);
    const hyphen = /[-\u2010\u2011]/.test(text[at] ?? "");
    if (!hyphen || !isWordLetter(letterAt(text, at + 1))) break;
    at += 1;
  }
  const parts = out.slice(first);
  if (parts.length > 1) {
    const typed = cut(parts.map((one) => one.typed).join(""));
    out.push({ word: one(typed), typed, accented: null, start, end: at, joins: parts.length });
  }
  return at;
}

/** Letters and figures up to the next gap. @param {string} text @param {number} at @param {Token[]} out */
function part(text, at, out) {
  const start = at;
  while (isPlain(text.charCodeAt(at))) at += 1;
  let before = at > start ? text[at - 1] : " ";
  for (let c = letterAt(text, at); c && c !== " "; c = letterAt(text, at)) {
    const after = letterAt(text, at + c.length);
    const inside =
      isWordLetter(c) || (/['\u2019\u02bc]/.test(c) && isWordLetter(after)) || (/[.,]/.test(c) && DIGIT.test(before) && DIGIT.test(after));
    if (!inside) break;
    before = c;
    at += c.length;
  }
  const [typed, accented] = folded(text.slice(start, at));
  if (typed) out.push({ word: one(typed), typed, accented, start, end: at, joins: 0 });
  return at;
}

/** A word without case, accents and possession; and with its accents, where it has any. @param {string} raw @returns {[string, string | null]} */
function folded(raw) {
  if (PLAIN.test(raw)) return [cut(raw.toLowerCase()), null];
  const named = raw.replace(/['\u2019\u02bc]s$/, "");
  let out = "";
  let marked = false;
  for (const letter of named.normalize("NFKD")) {
    for (const c of letter.toLowerCase()) {
      const letters = Object.hasOwn(order.letters, c) ? order.letters[c] : undefined;
      if (letters !== undefined || MARK.test(c)) marked = true;
      if (letters !== undefined) out += letters;
      else if (!MARK.test(c)) out += ALPHANUMERIC.test(c) ? c : /[.,]/.test(c) ? "." : "";
    }
  }
  const accented = () => [...named.normalize("NFC")].flatMap((c) => [...c.toLowerCase()]).filter((c) => ALPHANUMERIC.test(c) || MARK.test(c));
  return [cut(out), marked ? one(cut(accented().join(""))) : null];
}

const HISSES = /(ss|sh|ch|x|z)es?$/;

/** One of several: "lunches" and "lunch", "companies" and "company". @param {string} word */
function one(word) {
  const letters = count(word);
  if (letters < 4 || /[0-9]$/.test(word)) return word;
  if (letters > 4 && /ies?$/.test(word)) return word.replace(/ies?$/, "y");
  if (HISSES.test(word)) return word.replace(HISSES, "$1");
  return /(?:ss|us|is)$/.test(word) ? word : word.replace(/s$/, "");
}

/** @param {Token[]} read */
function plain(read) {
  return read.filter((token) => token.joins === 0);
}
