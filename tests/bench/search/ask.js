// Asks one search in Chromium what a reader would, and writes down what it took.
//
//     node ask.js JOB.json ANSWERS.json
//
// A job names the tool, the folders it is served from, the page to search on, which addresses are search's own, and the queries:
// `first`, each by a reader who comes for the first time; `warm`, one after the other on one page and on a slow processor; `find`, for
// the addresses that are found.
import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { serve } from "./server.js";

// Onside and the bench's own small pages give a function, too: what the tool gives a page that shows results itself.
const small = { open: "#query", input: "#query", result: "#results li", gives: true };
const tools = {
  Onside: { open: "[data-search]", input: "dialog.search input[role=combobox]", result: "dialog.search [role=listbox] [role=option]", gives: true },
  Pagefind: small,
  MiniSearch: small,
  mdBook: { open: "#mdbook-search-toggle", input: "#mdbook-searchbar", result: "#mdbook-searchresults li" },
};
// How long a page may take to load its index and to show something, and how long a query that finds nothing is waited for.
const patience = 120_000;
const silence = 5_000;

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const tool = tools[job.tool];
const own = new RegExp(job.own);
const server = await serve(job.roots);
const quiet = ["disable-gpu", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"];
const browser = await chromium.launch({ executablePath: job.chromium, args: ["--no-sandbox", ...quiet.map((word) => `--${word}`)] });
try {
  const colds = [];
  for (const query of job.first ?? []) colds.push(await cold(query));
  const warm = job.warm ? await slowly(job.warm) : [];
  const found = job.find ? await addresses(job.find) : [];
  writeFileSync(process.argv[3], JSON.stringify({ first: colds, warm, found }));
} finally {
  await browser.close();
  server.end();
}

/** A page with an empty cache, at rest. */
async function visit(address) {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await page.goto(server.address + address, { waitUntil: "networkidle" });
  return page;
}

/** How many requests, and bytes of them, search has begun when its first result is there; what of it came with the page counts too. */
async function cold(query) {
  // What the page before was still sending for when it was closed is not this one's.
  await new Promise((resolve) => setTimeout(resolve, 300));
  server.requests.length = 0;
  const page = await visit(job.page);
  const before = server.requests.length;
  await page.click(tool.open);
  await page.locator(tool.input).first().waitFor();
  const moment = page.evaluate(first, tool.result);
  await page.evaluate(put, { input: tool.input, query });
  await page.locator(tool.result).first().waitFor();
  const seen = await moment;
  // Where the query goes into the address, the browser asks for the page's icon again.
  const its = server.requests.filter(({ path }, at) => (at >= before || own.test(path)) && !path.includes("favicon"));
  const made = its.filter(({ begun }) => begun <= seen);
  await page.context().close();
  return { query, requests: made.length, bytes: made.reduce((sum, { bytes }) => sum + bytes, 0), paths: made.map(({ path }) => path) };
}

/** Milliseconds for each query on a slow processor, once everything it needs is loaded; as many as the time allows. */
async function slowly(queries) {
  const page = await visit(job.page + (job.warmed ?? ""));
  await page.click(tool.open);
  await page.locator(tool.input).first().waitFor();
  const ask = tool.gives ? (query) => page.evaluate(timed, query) : (query) => page.evaluate(shown, { ...tool, query, silence });
  await page.evaluate(put, { input: tool.input, query: queries[0] });
  await page.locator(tool.result).first().waitFor();
  for (const query of job.whole ? queries.slice(1, 3) : queries) await ask(query);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: job.slower });
  const took = [];
  const begun = performance.now();
  for (const query of queries) {
    if (performance.now() - begun > job.seconds * 1000) break;
    took.push({ query, ...(await ask(query)) });
  }
  await page.context().close();
  return took;
}

/** The addresses each query finds, best first. */
async function addresses(queries) {
  const page = await visit(job.page);
  const found = [];
  const search = async ({ query, count }) => (await find(query, count)).map(({ address }) => address);
  for (const query of queries) found.push(await page.evaluate(search, { query, count: job.count }));
  await page.context().close();
  return found;
}

/** In the page: puts a query into the field in one go. */
function put({ input, query }) {
  const field = document.querySelector(input);
  field.value = query;
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: query }));
  field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, key: query.at(-1) ?? "Backspace" }));
}

/** In the page: the moment at which a first result is there. */
function first(result) {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector(result)) return;
      observer.disconnect();
      resolve(performance.timeOrigin + performance.now());
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
}

/** In the page: from the call to the first ten results with all that a list shows of them. */
async function timed(query) {
  const begun = performance.now();
  const results = window.onside ? (await window.onside.search(query, 10)).results : await find(query, 10);
  return { milliseconds: performance.now() - begun, results: results.length };
}

/** In the page: from the input event to the last change of the results that it brought about. */
async function shown({ input, result, query, silence }) {
  const field = document.querySelector(input);
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const results = () => [...document.querySelectorAll(result)].map((each) => each.textContent);
  const say = (words) => {
    field.value = words;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: words }));
    field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, key: words.at(-1) ?? "Backspace" }));
  };
  say("");
  await pause(50);
  let last = results().join("\n");
  let changed = 0;
  const observer = new MutationObserver(() => {
    const now = performance.now();
    const text = results().join("\n");
    if (text && text !== last) [last, changed] = [text, now];
  });
  observer.observe(document.body, { childList: true, characterData: true, attributes: true, subtree: true });
  const begun = performance.now();
  say(query);
  while (performance.now() - Math.max(changed, begun) < (changed ? 100 : silence)) await pause(10);
  observer.disconnect();
  return { milliseconds: changed ? changed - begun : null, results: results().length };
}
