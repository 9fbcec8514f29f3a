// The demo with its four versions: from an old page to the same record as it stands now and back, what is new since
// somebody was last here and for their role, the pages of changes, and every address that was ever given out.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { asFile, axe, browser as launch, demo, host, judge, markupFaults, onesOfEachKind, run, tooWide, watched } from "./site.js";

/** @type {ReturnType<typeof demo>} */ let built;
/** @type {Awaited<ReturnType<typeof host>>} */ let served;
/** @type {Awaited<ReturnType<typeof launch>>} */ let browser;

before(async () => {
  built = demo();
  [served, browser] = await Promise.all([host(built.site), launch()]);
});

after(async () => {
  await browser?.close();
  served?.end();
  built?.clear();
});

/** The office lunch, which the second version renamed and gave a new address. */
const lunch = { then: "/v/v1/offerings/boardroom-lunch/", now: "/offerings/team-table/" };
/** A word that the first version did not have. */
const newcomer = "/terms/tasting/";

test("from an old page to the same record as it stands now and back, by mouse", async () => {
  for (const viewport of [{ width: 1280, height: 800 }, { width: 375, height: 700 }]) {
    const { page, faults, close } = await watched(browser, served.address, { viewport });
    await page.goto(served.address + lunch.then);
    const banner = await page.locator(".past").innerText();
    assert.match(banner, /This is v1, October 2025\. It is called “Team Table” now\./);
    assert.equal(await page.locator("h1").innerText(), "Boardroom Lunch");
    await follow(page, page.locator(".past a"));
    assert.equal(pathOf(page), lunch.now, "the banner leads to it");
    await page.goBack();

    await page.locator(".versions-button").click();
    assert.ok(await insideScreen(page, "#versions"), "the menu stands on the screen");
    assert.equal((await page.locator("#versions [aria-current]").innerText()).slice(0, 2), "v1");
    await follow(page, page.locator("#versions").getByRole("link", { name: "v4" }));
    assert.equal(pathOf(page), lunch.now);
    assert.equal(await page.locator("h1").innerText(), "Team Table");
    assert.equal(await page.locator(".past").count(), 0, "what holds now has no banner");

    await page.locator(".versions-button").click();
    await follow(page, page.locator("#versions").getByRole("link", { name: "v1" }));
    assert.equal(pathOf(page), lunch.then);
    await close();
    assert.deepEqual(faults, []);
  }
});

test("the same by keyboard only, and Escape closes the menu", async () => {
  const { page, faults, close } = await watched(browser, served.address);
  await page.goto(served.address + lunch.then);
  await choose(page, "v4");
  assert.equal(pathOf(page), lunch.now);
  await choose(page, "v1");
  assert.equal(pathOf(page), lunch.then);

  await tabTo(page, (focus) => focus.menu);
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("#versions").isVisible());
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  assert.ok(!(await page.locator("#versions").isVisible()), "it is closed");
  assert.ok((await focused(page)).menu, "and the focus is back on its button");
  await close();
  assert.deepEqual(faults, []);
});

test("the same without script, and from disk", async () => {
  const { page, faults, close } = await watched(browser, served.address, { javaScriptEnabled: false });
  await page.goto(served.address + lunch.then);
  await page.locator(".versions-button").click();
  await follow(page, page.locator("#versions").getByRole("link", { name: "v4" }));
  assert.equal(pathOf(page), lunch.now);
  await close();

  const disk = await watched(browser, "file://");
  await disk.page.goto(asFile(join(built.site, lunch.then, "index.html")));
  await disk.page.locator(".versions-button").click();
  await disk.page.locator("#versions").getByRole("link", { name: "v4" }).click();
  await disk.page.waitForURL(asFile(join(built.site, lunch.now, "index.html")));
  await disk.close();
  assert.deepEqual([...faults, ...disk.faults], []);
});

test("a version that did not have the record says so, and is no link", async () => {
  const { page, faults, close } = await watched(browser, served.address);
  await page.goto(served.address + newcomer);
  await page.locator(".versions-button").click();
  const entries = await page.locator("#versions li").allInnerTexts();
  assert.deepEqual(entries.map((entry) => entry.slice(0, 2)), ["v4", "v3", "v2", "v1"]);
  assert.match(entries.at(-1) ?? "", /not there yet \(added in v2\)/);
  assert.equal(await page.locator("#versions li").last().locator("a").count(), 0);
  assert.ok(!existsSync(join(built.site, "v/v1", newcomer)));
  await close();
  assert.deepEqual(faults, []);
});

test("home tells somebody what is new since they were last here, and for their role", async () => {
  const { page, faults, close } = await watched(browser, served.address);
  await wasHere(page, "v2");
  const since = page.locator("[data-since]");
  await since.waitFor();
  assert.match(await since.innerText(), /What changed from v2 to v4\./);
  await shows(page, "");

  await since.getByRole("combobox").selectOption({ label: "Account executive" });
  await shows(page, "account-exec");
  await page.reload();
  await since.waitFor();
  assert.equal(await since.getByRole("combobox").inputValue(), "account-exec", "the choice is kept");
  await shows(page, "account-exec");

  const first = changes("v2", "v4", "account-exec")[0];
  await follow(page, since.getByRole("link", { name: "More" }).first());
  assert.equal(pathOf(page), "/changes/v2..v4/");
  assert.equal(await page.locator("li:target .told").innerText(), first.sentence, "the very change");
  await page.goBack();

  await follow(page, since.getByRole("link", { name: "All of it" }));
  assert.equal(pathOf(page), "/changes/v2..v4/");
  assert.equal(await page.getByRole("combobox").inputValue(), "account-exec", "their role is chosen here, too");
  await allOf(page, "v2", "v4", "account-exec");
  await close();
  assert.deepEqual(faults, []);
});

test("a role is told what touches it, and what its partners have to do with it", () => {
  const apart = [];
  // The command line says "you" to a role, so a change is known by what it is about.
  const about = (/** @type {ReturnType<typeof diff>[number]} */ { record, field, before, after }) => [record, field, before, after].join(" / ");
  for (const role of ["account-exec", "kitchen-manager", "managing-director"]) {
    const site = diff("v2", "v4").filter(({ touches, partners }) => [...touches, ...partners].includes(`role:${role}`));
    const said = diff("v2", "v4", "--role", role);
    const without = (/** @type {typeof said} */ some, /** @type {typeof said} */ others) => some.filter((one) => !others.some((other) => about(other) === about(one)));
    apart.push(...without(said, site).map(({ sentence }) => `${role}, not in the JSON: ${sentence}`));
    apart.push(...without(site, said).map(({ sentence }) => `${role}, only in the JSON: ${sentence}`));
  }
  assert.deepEqual(apart, []);
});

test("what somebody has read is not told again", async () => {
  const { page, faults, close } = await watched(browser, served.address);
  await wasHere(page, "v3");
  await page.getByRole("button", { name: "I have read this" }).click();
  assert.ok(!(await page.locator("[data-since]").isVisible()));
  await page.reload({ waitUntil: "networkidle" });
  assert.ok(!(await page.locator("[data-since]").isVisible()));
  assert.equal(await seen(page), "v4");
  await close();
  assert.deepEqual(faults, []);
});

test("a first visit, and one from a version that is no more, tell nothing and remember the version", async () => {
  for (const before of ["", "v0"]) {
    const { page, faults, close } = await watched(browser, served.address);
    if (before) await wasHere(page, before);
    else await page.goto(served.address, { waitUntil: "networkidle" });
    for (const visit of ["this", "the next"]) {
      assert.ok(!(await page.locator("[data-since]").isVisible()), `${visit} visit after ${before || "none"}`);
      await page.reload({ waitUntil: "networkidle" });
    }
    assert.equal(await seen(page), "v4");
    await close();
    assert.deepEqual(faults, []);
  }
});

test("in a folder of a host, a playbook keeps its own visits", async () => {
  const sibling = await host(built.project);
  const { page, faults, close } = await watched(browser, sibling.address);
  await page.goto(`${sibling.address}/site/terms/`);
  await page.evaluate(() => {
    localStorage.setItem("onside seen /", "v4");
    localStorage.setItem("onside seen /site/", "v3");
  });
  await page.goto(`${sibling.address}/site/`);
  await page.locator("[data-since]").waitFor();
  assert.match(await page.locator("[data-since]").innerText(), /What changed from v3 to v4\./);
  await follow(page, page.locator("[data-since]").getByRole("link", { name: "All of it" }));
  assert.equal(pathOf(page), "/site/changes/v3..v4/");
  await close();
  sibling.end();
  assert.deepEqual(faults, []);
});

test("somebody who was here between two versions is told what the next one brought", async () => {
  const ours = demo();
  const there = await host(ours.site);
  const { page, faults, close } = await watched(browser, there.address);
  const since = page.locator("[data-since]");
  edit(ours.project, "we want seventy-two to order", "we want seventy-three to order");
  run("build", "--root", ours.project);
  await page.goto(there.address, { waitUntil: "networkidle" });
  assert.ok(!(await since.isVisible()), "a first visit");

  edit(ours.project, "Sales says yes to sixty-five", "Sales says yes to seventy-five");
  const git = (/** @type {string[]} */ ...words) => execFileSync("git", ["-C", ours.project, "-c", "user.name=T", "-c", "user.email=t@example.com", ...words], { stdio: "pipe" });
  git("commit", "--all", "--message", "Seventy-five");
  git("tag", "--no-sign", "v5");
  run("build", "--root", ours.project);
  await page.goto(there.address, { waitUntil: "networkidle" });
  const told = await since.locator(".told:visible").allInnerTexts();
  await close();
  there.end();
  ours.clear();
  assert.ok(told.some((line) => line.includes("Lead quality")), `told: ${told.join(" / ") || "nothing"}`);
  assert.deepEqual(faults, []);
});

test("without script home leads to what changed", async () => {
  const { page, faults, close } = await watched(browser, served.address, { javaScriptEnabled: false });
  await page.goto(served.address);
  assert.ok(!(await page.locator("[data-since]").isVisible()));
  await page.locator(".versions-button").click();
  await follow(page, page.getByRole("link", { name: "What changed, version by version" }));
  assert.equal(pathOf(page), "/changes/");
  assert.ok((await page.locator(".told:visible").count()) > 10, "and it is there to read");
  await close();
  assert.deepEqual(faults, []);
});

test("the page of changes has a heading for each version, newest first, and links into both", async () => {
  const { page, faults, close } = await watched(browser, served.address);
  await page.goto(`${served.address}/changes/`);
  assert.deepEqual(await page.locator("h1").allInnerTexts(), ["What changed"]);
  assert.deepEqual(await page.locator("h2").allInnerTexts(), ["v4", "v3", "v2", "Announced"]);
  for (const [before, now] of [["v3", "v4"], ["v2", "v3"], ["v1", "v2"]]) {
    await page.goto(`${served.address}/changes/`);
    const must = changes(before, now).filter(({ level }) => level === "must").map(({ sentence }) => sentence);
    const part = page.locator(`section[aria-labelledby='${now}']`);
    const told = await part.locator(".told").allInnerTexts();
    assert.ok(told.length > 0 && told.length <= must.length, `${told.length} of ${must.length}`);
    assert.deepEqual(told, must.slice(0, told.length), `what one must know of ${now}`);
    await follow(page, part.getByRole("link", { name: "Everything that changed" }));
    assert.equal(pathOf(page), `/changes/${before}..${now}/`);
  }
  await close();
  assert.deepEqual(faults, []);
});

test("from v2 to v3: every change, by how much it matters, and links into both versions", async () => {
  const { page, faults, close } = await watched(browser, served.address);
  await page.goto(`${served.address}/changes/v2..v3/`);
  assert.deepEqual(await page.locator("h1").allInnerTexts(), ["What changed from v2 to v3"]);
  assert.deepEqual(await page.locator("h2").allInnerTexts(), ["Must know", "Should know", "Good to know", "Wording only"]);
  await allOf(page, "v2", "v3", "");
  await page.getByRole("combobox").selectOption({ label: "Kitchen manager" });
  await allOf(page, "v2", "v3", "kitchen-manager");
  await page.getByRole("combobox").selectOption("");
  await allOf(page, "v2", "v3", "");

  const line = page.locator(".items > li", { hasText: "Boardroom Lunch” is an old name" });
  await follow(page, line.getByRole("link", { name: "Before, in v2" }));
  assert.equal(pathOf(page), "/v/v2/offerings/team-table/");
  assert.match(await page.locator(".past").innerText(), /This is v2, March 2026/);
  await page.goBack();
  await follow(page, line.getByRole("link", { name: "Now, in v3" }));
  assert.equal(pathOf(page), "/v/v3/offerings/team-table/");
  assert.match(await page.locator(".past").innerText(), /This is v3, August 2026/);
  await close();
  assert.deepEqual(faults, []);
});

test("no page of changes has one address twice, and every link of it leads somewhere", () => {
  const faults = [];
  for (const { file, address } of built.pages.filter((page) => page.address.startsWith("/changes/"))) {
    const html = readFileSync(file, "utf8");
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map((found) => found[1]);
    for (const id of new Set(ids)) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`${address}: #${id} twice`);
    for (const [, href] of html.matchAll(/<a [^>]*?href="([^"#]*)/g)) {
      const to = new URL(href ?? "", `http://host${address}`);
      if (to.host === "host" && !existsSync(fileOf(to.pathname))) faults.push(`${address}: ${href} leads nowhere`);
    }
  }
  assert.deepEqual(faults, []);
});

test("what home tells has an address of its own in the page of changes", () => {
  const text = readFileSync(join(built.site, "changes/since.js"), "utf8");
  const told = JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")));
  assert.deepEqual(Object.keys(told).sort(), ["v1", "v2", "v3"]);
  for (const [version, { href, items }] of Object.entries(told)) {
    const html = readFileSync(fileOf(`/${href}`), "utf8");
    const hrefs = items.map((/** @type {{ href: string }} */ item) => item.href);
    const lost = hrefs.filter((/** @type {string} */ one) => !one.startsWith(`${href}#`) || !html.includes(` id="${one.slice(href.length + 1)}"`));
    assert.deepEqual(lost, [], version);
    assert.deepEqual(hrefs.filter((/** @type {string} */ one, /** @type {number} */ at) => hrefs.indexOf(one) !== at), [], `${version}: one address for two changes`);
  }
});

const looked = ["/", "/changes/", "/changes/v2..v3/", "/changes/v1..v4/", "/changes/notes/2026-08-03-team-table/", lunch.then, "/v/v1/", "/v/v2/funnel/closed/", newcomer];

test("axe finds nothing on pages of changes, past pages and home: light, dark, 375 px, forced colours", async () => {
  const { page, faults, close } = await watched(browser, served.address);
  const found = [];
  for (const address of looked) {
    await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
    if (address === "/") await wasHere(page, "v2");
    else await page.goto(served.address + address, { waitUntil: "load" });
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    await page.evaluate(axe);
    for (const menu of [false, true]) {
      if (menu) await page.locator(".versions-button").click();
      for (const mode of modes) {
        await page.emulateMedia({ colorScheme: "light", forcedColors: "none", ...mode.set });
        await page.setViewportSize(mode.size);
        for (const fault of await page.evaluate(judge, mode.rules)) found.push(`${address} (${mode.name}${menu ? ", menu open" : ""}): ${fault}`);
      }
    }
  }
  await close();
  assert.deepEqual([...found, ...faults], []);
});

const modes = [
  { name: "light", set: {}, size: { width: 1280, height: 800 }, rules: undefined },
  { name: "dark", set: { colorScheme: /** @type {const} */ ("dark") }, size: { width: 1280, height: 800 }, rules: ["color-contrast", "link-in-text-block"] },
  { name: "375 px", set: {}, size: { width: 375, height: 700 }, rules: undefined },
  { name: "forced colours", set: { forcedColors: /** @type {const} */ ("active") }, size: { width: 1280, height: 800 }, rules: undefined },
];

test("html-validate finds nothing on pages of changes and of every kind in old versions", async () => {
  const old = ["/v/v1/", "/v/v2/", "/v/v3/"].flatMap((version) => onesOfEachKind(built.pages.filter(({ address }) => address.startsWith(version))));
  const told = built.pages.filter(({ address }) => address.startsWith("/changes/"));
  assert.ok(old.length > 20 && told.length > 5, `${old.length} and ${told.length} pages`);
  assert.deepEqual((await markupFaults(built.site, [...told, ...old])).slice(0, 40), []);
});

test("no page of changes and no kind of old page is wider than a telephone, everything unfolded", async () => {
  const { page, faults, close } = await watched(browser, served.address, { viewport: { width: 375, height: 700 } });
  const old = onesOfEachKind(built.pages.filter(({ address, kind }) => address.startsWith("/v/") && kind !== "redirect"));
  const told = built.pages.filter(({ address, kind }) => address.startsWith("/changes/") && kind !== "redirect");
  for (const { address } of [...told, ...old]) {
    await page.goto(served.address + address, { waitUntil: "load" });
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    faults.push(...(await page.evaluate(tooWide)).map((words) => `${address}: ${words}`));
  }
  await wasHere(page, "v2");
  await page.locator("[data-since]").waitFor();
  faults.push(...(await page.evaluate(tooWide)).map((words) => `/ since v2: ${words}`));
  await close();
  assert.deepEqual(faults, []);
});

test("on paper every sentence of the changes stands, and no control", async () => {
  const { page, faults, close } = await watched(browser, served.address, { colorScheme: "dark" });
  await page.emulateMedia({ media: "print" });
  for (const address of ["/changes/", "/changes/v2..v3/"]) {
    await page.goto(served.address + address);
    const gone = await page.locator(".told").evaluateAll((all) => all.filter((one) => !one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })).length);
    assert.equal(gone, 0, `${address}: sentences that are not printed`);
    assert.equal(await page.locator("nav:visible, button:visible, select:visible").count(), 0, `${address}: controls`);
    assert.match(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), /rgba\(0, 0, 0, 0\)|rgb\(255, 255, 255\)/, "white paper");
  }
  await page.goto(served.address + lunch.then);
  assert.ok(await page.locator(".past").isVisible(), "a printed old page says that it is one");
  await close();
  assert.deepEqual(faults, []);
});

test("every address that a version ever had leads to a page of today", () => {
  const dead = [];
  for (const version of ["v1", "v2", "v3"]) {
    const files = filesIn(`/v/${version}/`);
    assert.ok(files.length > 60, `${version}: ${files.length} files`);
    for (const file of files) {
      const led = lands(`/${file}`);
      if (!led) dead.push(`${version}: /${file}`);
    }
  }
  assert.deepEqual(dead, []);
});

test("old pages name today's address as theirs, and are in no sitemap", () => {
  const site = "https://playbook.quillmere.example";
  const faults = [];
  for (const { file, address } of built.pages.filter((page) => page.address.startsWith("/v/"))) {
    const html = readFileSync(file, "utf8");
    const own = /<link rel="canonical" href="([^"]*)">/.exec(html)?.[1];
    const today = lands(address.replace(/^\/v\/[^/]*/, ""));
    if (own !== site + today) faults.push(`${address}: canonical is ${own}, not ${site}${today}`);
    const now = /<aside class="past"[^]*?<a href="([^"]*)"/.exec(html)?.[1];
    if (now && new URL(now, `http://host${address}`).pathname !== today) faults.push(`${address}: the banner leads to ${now}`);
    if (!now && !address.startsWith("/v/v4/") && !html.includes('http-equiv="refresh"')) faults.push(`${address}: no banner`);
  }
  assert.deepEqual(faults.slice(0, 40), []);
  const maps = filesIn("/").filter((name) => name.startsWith("sitemap") && name.endsWith(".xml"));
  assert.ok(maps.length > 0);
  for (const name of maps) {
    const addresses = [...readFileSync(join(built.site, name), "utf8").matchAll(/<loc>([^<]*)<\/loc>/g)].map((found) => found[1] ?? "");
    assert.ok(addresses.includes(site + lunch.now));
    assert.deepEqual(addresses.filter((one) => one.startsWith(`${site}/v/`)), []);
  }
});

/** @param {import("playwright-core").Page} page */
const pathOf = (page) => new URL(page.url()).pathname;

/** Follows a link, and waits until the page's scripts have run. @param {import("playwright-core").Page} page @param {import("playwright-core").Locator} link */
const follow = (page, link) => Promise.all([page.waitForEvent("load"), link.click()]);

/** Changes a sentence of the goals. @param {string} project @param {string} from @param {string} to */
function edit(project, from, to) {
  const file = join(project, "content/goals.toml");
  const text = readFileSync(file, "utf8");
  assert.ok(text.includes(from), from);
  writeFileSync(file, text.replace(from, to));
}

/** @param {string} address */
const fileOf = (address) => join(built.site, address.endsWith("/") ? `${address}index.html` : address);

/** The files below an address, each by its path from there. @param {string} address */
function filesIn(address) {
  const folder = join(built.site, address);
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return all.map((entry) => join(entry.path, entry.name).slice(folder.length));
}

/** Where an address leads, its redirects followed; nothing where that is no page. @param {string} address @returns {string} */
function lands(address) {
  const clean = address.replace(/index\.html$/, "");
  if (!existsSync(fileOf(clean))) return "";
  const on = /<meta http-equiv="refresh" content="0; url=([^"]*)"/.exec(readFileSync(fileOf(clean), "utf8"))?.[1];
  return on === undefined ? clean : lands(new URL(on, `http://host${clean}`).pathname);
}

/**
 * What the command line says changed, as a page writes it; with a role, as it is told to it.
 * @param {string} from @param {string} to @param {string} role
 */
function changes(from, to, role = "") {
  const all = diff(from, to, ...(role ? ["--role", role] : []));
  assert.ok(all.length > 5, `${all.length} changes from ${from} to ${to} for ${role || "everyone"}`);
  return all;
}

/** @param {string[]} words */
function diff(...words) {
  const said = JSON.parse(run("diff", "--root", built.project, "--format", "json", ...words));
  const all = /** @type {{ sentence: string, level: string, touches: string[], partners: string[], record: string, field: string | null, before: string | null, after: string | null }[]} */ (said.changes);
  return all.map((change) => ({ ...change, sentence: change.sentence.replaceAll("**", "") }));
}

const levels = { must: "Must know", should: "Should know", good: "Good to know", wording: "Wording only" };

/** Home shows the first of what touches a role, and how many there are. @param {import("playwright-core").Page} page @param {string} role */
async function shows(page, role) {
  const all = changes("v2", "v4", role);
  const lines = page.locator("[data-since] li:visible");
  const told = await lines.locator(".told").allInnerTexts();
  assert.equal(told.length, Math.min(6, all.length));
  assert.deepEqual(told, all.slice(0, told.length).map(({ sentence }) => sentence));
  assert.deepEqual(await lines.locator(".level").allTextContents(), all.slice(0, told.length).map(({ level }) => levels[/** @type {keyof typeof levels} */ (level)]));
  assert.equal(await page.locator("[data-since] [role=status]").innerText(), `The first ${told.length} of ${all.length}.`);
}

/** A page of changes shows those that touch a role and no other. @param {import("playwright-core").Page} page @param {string} from @param {string} to @param {string} role */
async function allOf(page, from, to, role) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  const all = changes(from, to, role);
  for (const [level, title] of Object.entries(levels)) {
    const meant = all.filter((change) => change.level === level).map(({ sentence }) => sentence);
    const told = await page.locator(`section[aria-labelledby='${level}'] .told:visible`).allInnerTexts();
    assert.deepEqual(told, meant, title);
    assert.equal(await page.locator(`#${level}`).isVisible(), meant.length > 0, `a heading only where there is something: ${title}`);
    const summary = page.locator(`section[aria-labelledby='${level}'] summary:visible`);
    if (await summary.count()) assert.match(await summary.innerText(), new RegExp(`^${meant.length}\\b`), "what is folded is counted right");
  }
  if (role) assert.match(await page.locator("[data-for-role] [role=status]").innerText(), new RegExp(`^${all.length} of these`));
}

/** Opens home as somebody who was last here at a version. @param {import("playwright-core").Page} page @param {string} version */
async function wasHere(page, version) {
  await page.goto(`${served.address}/terms/`);
  await page.evaluate((name) => localStorage.setItem("onside seen /", name), version);
  await page.goto(served.address, { waitUntil: "networkidle" });
}

/** @param {import("playwright-core").Page} page */
const seen = (page) => page.evaluate(() => localStorage.getItem("onside seen /"));

/** Goes to this page in another version, by keyboard. @param {import("playwright-core").Page} page @param {string} version */
async function choose(page, version) {
  await tabTo(page, (focus) => focus.menu);
  await page.keyboard.press("Enter");
  await tabTo(page, (focus) => focus.within && focus.text.startsWith(version));
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}

/**
 * Presses Tab until the focus is where it is wanted; a person would give up after ten.
 * @param {import("playwright-core").Page} page @param {(focus: Awaited<ReturnType<typeof focused>>) => boolean} wanted
 */
async function tabTo(page, wanted) {
  const stops = [];
  for (let stop = 0; stop < 10; stop++) {
    await page.keyboard.press("Tab");
    const focus = await focused(page);
    if (wanted(focus)) return;
    stops.push(focus.text);
  }
  assert.fail(`ten stops, and it was none of them: ${stops.join(" / ")}`);
}

/** @param {import("playwright-core").Page} page */
const focused = (page) =>
  page.evaluate(() => ({
    menu: !!document.activeElement?.matches(".versions-button"),
    within: !!document.activeElement?.closest("#versions"),
    text: document.activeElement?.textContent?.trim().slice(0, 40) ?? "",
  }));

/** @param {import("playwright-core").Page} page @param {string} selector */
const insideScreen = (page, selector) =>
  page.locator(selector).evaluate((e) => {
    const box = e.getBoundingClientRect();
    return box.width > 100 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
  });
