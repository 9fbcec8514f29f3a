// @ts-check
// The word that was meant. The twin of `src/search/typo.rs`.

/** The nearest word: one edit away from four letters on, two from eight. @param {Term} term @returns {[string, string] | null} the word, and how it is written */
function nearest(term) {
  const letters = count(term.typed);
  if (letters < order.limits.one || /[0-9]/.test(term.typed)) return null;
  const reach = letters < order.limits.two ? 1 : 2;
  /** @type {[number, number, number, string, string] | null} */
  let best = null;
  const meets = (/** @type {string} */ text, /** @type {number} */ often, /** @type {number} */ unnamed, /** @type {string} */ written) => {
    const distance = away(term, text, letters, reach);
    if (distance === null) return;
    const nearer = !best || distance - best[0] || unnamed - best[1] || best[2] - often || (text < best[3] ? -1 : 1);
    if (nearer === true || nearer < 0) best = [distance, unnamed, often, text, written];
  };
  if (spelling) for (const [text, mark, written] of spelling) meets(text, mark >> 1, mark & 1 ? 0 : 1, written || text);
  else for (const { text, row } of wordFiles.get(0) ?? []) meets(text, unpackedLength(row[2]), row[1] ? 0 : 1, row[3] || text);
  return best ? [best[3], best[4]] : null;
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
