// The sample's site on disk and served, a browser to look at it with, and what is wrong on a page while it is looked at.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, "..", "..");
const program = process.env.ONSIDE ?? join(root, "target", "release", "onside");

/** Builds the sample; gives its folder, its pages and what clears it away. */
export function build() {
  const folder = mkdtempSync(join(tmpdir(), "onside-browser-"));
  const site = join(folder, "site");
  execFileSync(program, ["build", "--root", root, "--out", site], { stdio: "pipe" });
  return { site, pages: pagesOf(site), clear: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The demo with its four versions, told and built as somebody sees it who tries Onside; gives the same, and its project. */
export function demo() {
  const folder = mkdtempSync(join(tmpdir(), "onside-demo-"));
  const project = join(folder, "quillmere");
  execFileSync(program, ["demo", project, "--no-serve"], { stdio: "pipe" });
  const site = join(project, "site");
  return { project, site, pages: pagesOf(site), clear: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What the program prints. @param {string[]} words */
export const run = (...words) => execFileSync(program, words, { encoding: "utf8", maxBuffer: 1 << 26 });

/**
 * Every page of a site: its address, its kind as its body says it, its weight.
 * @param {string} site
 */
function pagesOf(site) {
  const files = /** @type {string[]} */ (readdirSync(site, { recursive: true })).filter((file) => file.endsWith(".html"));
  return files.sort().map((file) => {
    const html = readFileSync(join(site, file), "utf8");
    return {
      file: join(site, file),
      address: "/" + file.replace(/(^|\/)index\.html$/, "$1"),
      kind: /<body class="([^"]*)"/.exec(html)?.[1] ?? "redirect",
      size: html.length,
    };
  });
}

/**
 * The longest page of each kind: what a template can look like at its fullest; and the shortest, where it looks emptiest.
 * @param {{ kind: string, size: number, address: string, file: string }[]} pages
 */
export function onesOfEachKind(pages) {
  const kinds = new Map();
  for (const page of pages) {
    const known = kinds.get(page.kind);
    kinds.set(page.kind, known ? [page.size > known[0].size ? page : known[0], page.size < known.at(-1).size ? page : known.at(-1)] : [page]);
  }
  return [...kinds.values()].flat();
}

/** Serves a project, the sample if none is named; gives its address and what ends it. @param {string} project */
export async function serve(project = root) {
  const server = spawn(program, ["serve", "--root", project, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((resolve, reject) => {
    let said = "";
    server.stdout.on("data", (part) => {
      said += part;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (found) resolve(found[0]);
    });
    server.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  return { address: String(address), end: () => server.kill("SIGINT") };
}

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2" };

/** Serves a folder as any web server does that knows nothing of Onside; gives its address and what ends it. @param {string} site */
export async function host(site) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
    const file = join(site, path.endsWith("/") ? `${path}index.html` : path);
    const found = existsSync(file) && statSync(file).isFile() ? file : "";
    const type = types[/** @type {keyof types} */ (extname(found || ".html"))] ?? "application/octet-stream";
    response.writeHead(found ? 200 : 404, { "content-type": type });
    response.end(readFileSync(found || join(site, "404.html")));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const end = () => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://127.0.0.1:${port}`, end };
}

/** A copy of the sample that a test may edit, in a theme of its own that changes nothing yet. */
export function copy() {
  const folder = mkdtempSync(join(tmpdir(), "onside-live-"));
  cpSync(join(root, "content"), join(folder, "content"), { recursive: true });
  const settings = join(folder, "content", "playbook.toml");
  writeFileSync(settings, `theme = "ours"\n${readFileSync(settings, "utf8")}`);
  for (const file of ["templates/pages/role.html", "css/words.css"]) {
    mkdirSync(dirname(join(folder, "themes/ours", file)), { recursive: true });
    cpSync(join(root, "themes/default", file), join(folder, "themes/ours", file));
  }
  return { folder, clear: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Debian's Chromium, which asks nobody for anything. */
export function browser() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const quiet = ["disable-gpu", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"];
  return chromium.launch({ executablePath, args: ["--no-sandbox", ...quiet.map((word) => `--${word}`)] });
}

/**
 * A page that notes errors, breaches of its policy and requests to elsewhere.
 * @param {import("playwright-core").Browser} browser
 * @param {string} origin
 * @param {import("playwright-core").BrowserContextOptions} options
 */
export async function watched(browser, origin, options = {}) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  /** @type {string[]} */
  const faults = [];
  const note = (/** @type {string} */ words) => faults.push(`${page.url().replace(origin, "")}: ${words}`);
  page.on("pageerror", (error) => note(`error: ${error.message}`));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && note(`console: ${message.text()}`));
  // A request that leaving the page cut short is no fault.
  page.on("requestfailed", (request) => request.failure()?.errorText !== "net::ERR_ABORTED" && note(`did not load: ${request.url()}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) note(`asks elsewhere: ${request.url()}`);
  });
  return { page, faults, close: () => context.close() };
}

/** @param {string} file */
export const asFile = (file) => pathToFileURL(file).href;

/** @param {string} file */
export const source = (file) => readFileSync(join(here, file), "utf8");

/** @param {string} from @param {string} to */
export const inside = (from, to) => relative(from, to);

export const axe = source("node_modules/axe-core/axe.min.js");

/** What makes the page scroll sideways. */
export function tooWide() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > width + 1);
  const deepest = wide.filter((e) => !wide.some((other) => other !== e && e.contains(other)));
  const names = deepest.slice(0, 3).map((e) => `<${e.tagName.toLowerCase()} class="${e.getAttribute("class") ?? ""}">`);
  return [`${document.documentElement.scrollWidth} px wide at ${width}: ${names.join(", ")}`];
}

/** What axe finds, a line each. @param {string[] | undefined} rules */
export async function judge(rules) {
  const options = rules ? { runOnly: { type: "rule", values: rules } } : {};
  const result = await window.axe.run(document, { ...options, resultTypes: ["violations"] });
  return result.violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary?.split("\n")[1]?.trim() ?? ""}`));
}

// Off: what is a matter of taste (capitals in the doctype, white space) or of the author (long titles).
const rules = {
  "doctype-style": "off",
  "no-trailing-whitespace": "off",
  "long-title": "off",
  "prefer-native-element": ["error", { exclude: ["region"] }],
};

/**
 * What html-validate says of pages, a line each.
 * @param {string} site @param {{ file: string }[]} pages
 */
export async function markupFaults(site, pages) {
  const validator = new HtmlValidate(new FileSystemConfigLoader({ root: true, extends: ["html-validate:recommended"], rules }));
  const found = [];
  for (const { file } of pages) {
    const report = await validator.validateFile(file);
    for (const { messages } of report.results) {
      for (const m of messages) found.push(`${inside(site, file)}:${m.line}: ${m.ruleId}: ${m.message}`);
    }
  }
  return found;
}
