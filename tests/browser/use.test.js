// The site in use: by keyboard, without script, in the reader's colours, and the matrix walked letter by letter.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser as launch, build, onesOfEachKind, serve, watched } from "./site.js";

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

/** The longest page of each kind. */
const kinds = () => onesOfEachKind(built.pages).filter((page) => page.kind !== "redirect");

test("the first Tab shows the way past the header, and it leads to the page", async () => {
  const { page, close } = await watched(browser, served.address);
  for (const { address } of kinds()) {
    await page.goto(served.address + address);
    await page.keyboard.press("Tab");
    const skip = await page.evaluate(() => {
      const link = document.activeElement;
      const box = link?.getBoundingClientRect();
      return { href: link?.getAttribute("href"), seen: !!box && box.top >= 0 && box.left >= 0 && box.width > 40 && box.height > 16 };
    });
    assert.deepEqual(skip, { href: "#content", seen: true }, address);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "content", address);
  }
  await close();
});

test("whatever has the focus can be seen and shows it", async () => {
  const { page, close } = await watched(browser, served.address);
  const faults = [];
  for (const { address } of kinds()) {
    await page.goto(served.address + address);
    for (let stop = 1; stop <= 30; stop++) {
      await page.keyboard.press("Tab");
      const fault = await page.evaluate(focusFault);
      if (fault === "done") break;
      if (fault) faults.push(`${address}, stop ${stop}: ${fault}`);
    }
  }
  await close();
  assert.deepEqual(faults, []);
});

test("on a small screen the menu opens and leads on, by keyboard too", async () => {
  const { page, faults, close } = await watched(browser, served.address, { viewport: { width: 360, height: 700 } });
  await page.goto(`${served.address}/terms/`);
  await page.locator("[popovertarget='menu']").first().focus();
  await page.keyboard.press("Enter");
  const link = page.locator("nav a[href*='goals/']").locator("visible=true").first();
  await link.waitFor({ timeout: 3000 });
  await link.click();
  await page.waitForURL(/\/goals\/$/);
  await close();
  assert.deepEqual(faults, []);
});

test("without script every page is there to read and to leave", async () => {
  for (const width of [1280, 320]) {
    const { page, faults, close } = await watched(browser, served.address, { javaScriptEnabled: false, viewport: { width, height: 800 } });
    for (const { address } of kinds()) {
      await page.goto(served.address + address);
      assert.ok(await page.locator("h1").first().isVisible(), `${address}: its heading`);
      const words = (await page.locator("main").innerText()).trim().length;
      assert.ok(words > 40, `${address}: ${words} letters to read`);
      const dead = page.locator(".scripted, button:not([popovertarget])").locator("visible=true");
      for (const control of await dead.all()) faults.push(`${address} (${width} px): without script this does nothing: ${(await control.innerText()).slice(0, 40)}`);
      // Where nothing is to be mended and no role is vacant, the page on health has little to lead to.
      const least = address === "/health/" ? 2 : 4;
      assert.ok((await page.locator("a[href]:visible").count()) >= least, `${address}: a way on`);
    }
    await close();
    assert.deepEqual(faults, []);
  }
});

test("a reader's colours are kept from page to page, before the first paint", async () => {
  const { page, faults, close } = await watched(browser, served.address, { colorScheme: "light" });
  await page.goto(`${served.address}/`);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor + getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.locator("[data-scheme-toggle]").first().click();
  const dark = await ground();
  assert.notEqual(dark, light, "the ground changes");
  await page.goto(`${served.address}/terms/`);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.scheme), "dark");
  assert.equal(await ground(), dark, "the next page has them");
  await close();
  assert.deepEqual(faults, []);
});

test("with storage closed everything still works", async () => {
  const { page, faults, close } = await watched(browser, served.address);
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("closed", "SecurityError"); } });
  });
  for (const address of ["/", "/responsibilities/", "/training/"]) {
    await page.goto(served.address + address);
    await page.locator("[data-scheme-toggle]").first().click();
  }
  await close();
  assert.deepEqual(faults, []);
});

test("the matrix is walked with the arrow keys, and a sentence says where one stands", async () => {
  const { page, faults, close } = await watched(browser, served.address, { viewport: { width: 1280, height: 800 } });
  await page.goto(`${served.address}/responsibilities/`);
  const stops = await page.locator("[data-matrix] td a[tabindex='0']").count();
  assert.equal(stops, 1, "one stop of Tab");
  await page.locator("[data-matrix] td a[tabindex='0']").focus();
  const sentence = () => page.locator("[aria-live][data-says]").innerText();
  const before = await sentence();
  /** @type {Set<string>} */
  const said = new Set([before]);
  for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "End", "Home", "ArrowUp"]) {
    await page.keyboard.press(key);
    assert.ok(await page.evaluate(() => !!document.activeElement?.closest("[data-matrix] td")), `${key} stays in the table`);
    said.add(await sentence());
  }
  assert.ok(said.size >= 4, `the sentences were ${[...said].join(" / ")}`);
  const hidden = await page.evaluate(() => {
    const letter = document.activeElement?.getBoundingClientRect();
    const head = document.activeElement?.closest("tr")?.querySelector("th")?.getBoundingClientRect();
    return !!letter && !!head && letter.left < head.right - 1 && letter.right > head.left;
  });
  assert.ok(!hidden, "the letter is not beneath the first column");
  await close();
  assert.deepEqual(faults, []);
});

test("the matrix's filters narrow its rows and say so", async () => {
  const { page, faults, close } = await watched(browser, served.address);
  await page.goto(`${served.address}/responsibilities/`);
  const rows = () => page.locator("[data-matrix] tbody tr:visible").count();
  const all = await rows();
  const select = page.locator("[data-matrix] select").first();
  const values = await select.locator("option").evaluateAll((options) => options.map((o) => /** @type {HTMLOptionElement} */ (o).value));
  await select.selectOption(values[1] ?? "");
  const some = await rows();
  assert.ok(some > 0 && some < all, `${some} of ${all} rows`);
  await select.selectOption(values[0] ?? "");
  assert.equal(await rows(), all);
  await close();
  assert.deepEqual(faults, []);
});

test("on paper the page stands alone", async () => {
  const { page, close } = await watched(browser, served.address, { colorScheme: "dark" });
  await page.goto(`${served.address}/roles/demand-lead/`);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("nav:visible, button:visible").count(), 0, "no menus");
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.match(ground, /rgba\(0, 0, 0, 0\)|rgb\(255, 255, 255\)/, "white paper");
  await close();
});

/** What is wrong with where the focus is, if anything. */
function focusFault() {
  const at = document.activeElement;
  if (!at || at === document.body) return "done";
  const name = `<${at.tagName.toLowerCase()} class="${at.getAttribute("class") ?? ""}"> ${at.textContent?.trim().slice(0, 30)}`;
  const box = at.getBoundingClientRect();
  if (box.width < 1 || box.height < 1) return `${name} has no size`;
  if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) return `${name} is off the screen`;
  const around = [at, ...at.querySelectorAll("*"), at.parentElement, at.closest("tr, li, article")].filter((e) => e instanceof Element);
  const rings = [...around.map((e) => getComputedStyle(e)), getComputedStyle(at, "::after"), getComputedStyle(at, "::before")];
  const drawn = at instanceof SVGElement;
  const ring = (/** @type {CSSStyleDeclaration} */ s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
  const shows = rings.some((s) => ring(s) || s.boxShadow !== "none" || (drawn && s.stroke !== "none" && parseFloat(s.strokeWidth) >= 2));
  return shows ? "" : `${name} shows no focus`;
}
