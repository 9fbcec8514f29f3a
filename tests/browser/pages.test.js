// Every page of the site, over http and from disk: no error, nothing from elsewhere, nothing wider than a small screen;
// and the fullest and emptiest page of every kind, judged by axe.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { asFile, axe, browser as launch, build, judge, onesOfEachKind, serve, tooWide, watched } from "./site.js";

/** @type {ReturnType<typeof build>} */ let built;
/** @type {Awaited<ReturnType<typeof serve>>} */ let served;
/** @type {Awaited<ReturnType<typeof launch>>} */ let browser;

before(async () => {
  built = build();
  [served, browser] = await Promise.all([serve(), launch()]);
});

after(async () => {
  await browser?.close();
  served?.end();
  built?.clear();
});

test("every page is quiet and no wider than 320 px", async () => {
  const { page, faults, close } = await watched(browser, served.address, { viewport: { width: 320, height: 640 } });
  for (const { address, kind } of built.pages) {
    if (kind === "redirect") continue;
    await page.goto(served.address + address, { waitUntil: "load" });
    const wide = await page.evaluate(tooWide);
    faults.push(...wide.map((words) => `${address}: ${words}`));
  }
  await close();
  assert.deepEqual(faults, []);
});

test("every kind of page is quiet from disk, and so is its way to the next", async () => {
  const { page, faults, close } = await watched(browser, "file://");
  for (const { file, kind, address } of onesOfEachKind(built.pages)) {
    // The page for no address is a web server's: its links count from `/`.
    if (kind !== "redirect" && address !== "/404.html") await page.goto(asFile(file), { waitUntil: "load" });
  }
  await page.goto(asFile(`${built.site}/index.html`));
  await page.locator("nav a[href$='/']:visible").first().click();
  await page.waitForURL(/index\.html$/);
  assert.ok(await page.locator("h1").first().isVisible());
  await close();
  assert.deepEqual(faults, []);
});

test("an address that is none gets the page for it, with its style", async () => {
  const { page, close } = await watched(browser, served.address);
  for (const address of ["/no-such-page", "/no/such/page/", "/terms/no-such-word/"]) {
    const answer = await page.goto(served.address + address);
    assert.equal(answer?.status(), 404, address);
    const lost = await page.evaluate(() => [...document.styleSheets].length === 0 || getComputedStyle(document.body).fontFamily.includes("Times"));
    assert.ok(!lost, `${address} has no style`);
    await page.locator("main a, nav a").first().click();
    assert.equal(new URL(page.url()).pathname.includes("no-such"), false, `${address} leads nowhere`);
  }
  await close();
});

const modes = [
  { name: "light", set: {}, size: { width: 1280, height: 800 }, rules: undefined },
  { name: "dark", set: { colorScheme: "dark" }, size: { width: 1280, height: 800 }, rules: ["color-contrast", "link-in-text-block"] },
  { name: "320 px", set: { colorScheme: "light" }, size: { width: 320, height: 640 }, rules: undefined },
  { name: "forced colours", set: { forcedColors: "active" }, size: { width: 1280, height: 800 }, rules: undefined },
];

test("a finger finds what it aims at: 24 px, or room around it", async () => {
  const { page, close } = await watched(browser, served.address);
  const found = [];
  for (const { address, kind } of onesOfEachKind(built.pages)) {
    if (kind === "redirect") continue;
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(served.address + address, { waitUntil: "load" });
      await page.evaluate(axe);
      for (const fault of await page.evaluate(judge, ["target-size"])) found.push(`${address} (${width} px): ${fault}`);
    }
  }
  await close();
  assert.deepEqual(found, []);
});

test("axe finds nothing: light, dark, 320 px, forced colours", async () => {
  const { page, close } = await watched(browser, served.address);
  const found = [];
  for (const { address, kind } of onesOfEachKind(built.pages)) {
    if (kind === "redirect") continue;
    await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
    await page.goto(served.address + address, { waitUntil: "load" });
    await page.evaluate(axe);
    for (const mode of modes) {
      await page.emulateMedia({ colorScheme: "light", forcedColors: "none", ...mode.set });
      await page.setViewportSize(mode.size);
      for (const fault of await page.evaluate(judge, mode.rules)) found.push(`${address} (${mode.name}): ${fault}`);
    }
  }
  await close();
  assert.deepEqual(found, []);
});
