// @ts-check
// The index in the browser: its files, loaded when they are asked for, and what stands in them.

/**
 * @typedef {{text: string, row: any[], names?: Int32Array, places?: Int32Array, accented?: [string, Int32Array][]}} Word
 * @typedef {{address: string, id: string, line: string, names: [number, string, string?][], sections: [string, string, string][], card?: any}} Entry
 */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";
/** @type {number[]} */
const VALUES = [];
[...LETTERS].forEach((letter, value) => (VALUES[letter.charCodeAt(0)] = value));

/** The head of the index. @type {any} */
let head;
/** First section of each entry, and at the end how many sections there are. @type {Int32Array} */
let starts = new Int32Array(1);
/** Words by file. @type {Map<number, Word[]>} */
const wordFiles = new Map();
/** Entries by place. @type {Map<number, Entry>} */
const entries = new Map();
/** First entry of each file. @type {number[]} */
let entryFirsts = [];
/** Words that a slip may have meant. @type {[string, number, string?][] | undefined} */
let spelling;
/** What is on its way. @type {Map<string, Promise<void>>} */
const loads = new Map();

/** Where the index lies: beside the pages of this version. */
let base = "";

class Unusable extends Error {}

/** Numbers from letters. @param {string} text */
function unpack(text) {
  const out = [];
  let value = 0;
  let step = 1;
  for (let at = 0; at < text.length; at += 1) {
    const digit = VALUES[text.charCodeAt(at)];
    value += (digit & 31) * step;
    if (digit < 32) {
      out.push(value);
      value = 0;
      step = 1;
    } else step *= 32;
  }
  return out;
}

/** Numbers that are each told by the difference to the one before. @param {number[]} gaps */
function summed(gaps) {
  let last = 0;
  return gaps.map((gap) => (last += gap));
}

/** Loads a file once. @param {string} name */
function load(name) {
  const known = loads.get(name);
  if (known) return known;
  const coming = script(`${base}${name}.js`, () => arrived.delete(name));
  loads.set(name, coming);
  coming.catch(() => loads.delete(name));
  return coming;
}

/** Loads a script, which must then have done its part. @param {string} src @param {() => boolean} isDone */
function script(src, isDone) {
  return new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
    const element = document.createElement("script");
    element.src = src;
    element.onload = () => (isDone() ? resolve() : reject(new Unusable(src)));
    element.onerror = () => reject(new Unusable(src));
    document.head.append(element);
  });
}

/** Files that have said what they hold. @type {Set<string>} */
const arrived = new Set();

/** What every file of an index calls. @param {any} file */
function receive(file) {
  if (file.order) {
    head = file;
    setOrder(file.order);
    starts = new Int32Array([0, ...summed(unpack(file.counts))]);
    if (file.words) wordFiles.set(0, words(file.words));
    if (file.entries) file.entries.forEach((/** @type {any[]} */ row, /** @type {number} */ at) => entries.set(at, entry(row)));
    if (file.entryFiles) entryFirsts = summed(unpack(file.entryFiles));
    arrived.add("index");
    return;
  }
  // A file of another build speaks of other entries.
  if (file.stamp !== head?.stamp) return;
  const number = Number(file.file.split("-")[1]);
  if (file.words) wordFiles.set(number, words(file.words));
  if (file.entries) file.entries.forEach((/** @type {any[]} */ row, /** @type {number} */ at) => entries.set(entryFirsts[number] + at, entry(row)));
  if (file.spelling) spelling = file.spelling;
  arrived.add(file.file);
}

/** @param {any[][]} rows @returns {Word[]} */
function words(rows) {
  return rows.map((row) => ({ text: row[0], row }));
}

/** @param {any[]} row @returns {Entry} */
function entry([address, id, line, names, sections, card]) {
  return { address, id, line, names, sections, card };
}

/** Whether the index is in several files. */
function isSplit() {
  return Boolean(head.wordFiles);
}

/** The last place in a rising list that is not beyond a value. @template T @param {ArrayLike<T>} list @param {T} value */
function lastUpTo(list, value) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The numbers of the files in which words stand that begin so. @param {string} beginning @param {boolean} more */
function filesOf(beginning, more) {
  if (!isSplit()) return [0];
  const first = Math.max(0, lastUpTo(head.wordFiles, beginning));
  const last = more ? Math.max(first, lastUpTo(head.wordFiles, beginning + "\uffff")) : first;
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** A word. @param {string} text @returns {Word | undefined} */
function word(text) {
  const list = wordFiles.get(filesOf(text, false)[0]) ?? [];
  const found = list[firstFrom(list, text)];
  return found?.text === text ? found : undefined;
}

/** @param {Word[]} list @param {string} text */
function firstFrom(list, text) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].text < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The words that begin so. @param {string} beginning @returns {Word[]} */
function beginning(beginning) {
  return filesOf(beginning, true).flatMap((number) => {
    const list = wordFiles.get(number) ?? [];
    const from = firstFrom(list, beginning);
    let to = from;
    while (to < list.length && list[to].text.startsWith(beginning)) to += 1;
    return list.slice(from, to);
  });
}

/** Where a word stands in names: entry, which, class, place, span and length of each. @param {Word} word */
function namesOf(word) {
  if (!word.names) {
    const read = unpack(word.row[1]);
    const names = new Int32Array((read.length / 4) * 6);
    let last = 0;
    for (let at = 0, to = 0; at < read.length; at += 4, to += 6) {
      last += read[at];
      names.set([last, read[at + 1] >> 4, read[at + 1] & 15, read[at + 2] >> 5, read[at + 2] & 31, read[at + 3]], to);
    }
    word.names = names;
  }
  return word.names;
}

/** In which sections a word stands, each with how often. @param {Word} word */
function placesOf(word) {
  if (!word.places) {
    const read = unpack(word.row[2]);
    const places = new Int32Array(read.length * 2);
    let last = 0;
    for (let at = 0; at < read.length; at += 1) {
      last += read[at] >> 2;
      places[2 * at] = last;
      places[2 * at + 1] = (read[at] & 3) + 1;
    }
    word.places = places;
  }
  return word.places;
}

/** The sections of each form of a word that has accents. @param {Word} word */
function accentsOf(word) {
  word.accented ??= (word.row[4] ?? []).map((/** @type {[string, string]} */ [form, places]) => [form, new Int32Array(summed(unpack(places)))]);
  return word.accented ?? [];
}

/** The kind of an entry: its word, how many there are, what readers call one and several. @param {number} at @returns {[string, number, string, string]} */
function kindOf(at) {
  let first = 0;
  return head.kinds.find((/** @type {[string, number, string, string]} */ kind) => at < (first += kind[1])) ?? ["", 0, "", ""];
}

/** Loads the words that terms may mean. @param {{word: string, typed: string, partial: boolean, whole: [string, number] | null}[]} terms @param {string[]} others */
async function needWords(terms, others) {
  if (!isSplit()) return;
  const files = [
    ...terms.flatMap((term) => filesOf(term.word, false)),
    ...terms.flatMap((term) => (term.partial && count(term.typed) >= order.limits.prefix ? filesOf(term.typed, true) : [])),
    ...terms.flatMap((term) => (term.whole ? filesOf(term.whole[0], false) : [])),
    ...others.flatMap((other) => filesOf(other, false)),
  ];
  await Promise.all([...new Set(files)].map((number) => load(`words-${number}`)));
}

/** Loads entries. @param {number[]} places */
async function needEntries(places) {
  const missing = places.filter((at) => !entries.has(at)).map((at) => Math.max(0, lastUpTo(entryFirsts, at)));
  await Promise.all([...new Set(missing)].map((number) => load(`entries-${number}`)));
}
