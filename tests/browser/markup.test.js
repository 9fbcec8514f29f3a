// Every page, judged by two validators, and the theme's scripts by a type checker. The Nu checker needs Java and is left out where there is none.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build, markupFaults, root } from "./site.js";

const here = dirname(fileURLToPath(import.meta.url));
/** @type {ReturnType<typeof build>} */ let built;

before(() => {
  built = build();
});

after(() => built?.clear());

test("html-validate finds nothing", async () => {
  const found = await markupFaults(built.site, built.pages);
  assert.deepEqual(found.slice(0, 40), []);
});

const java = spawnSync("java", ["-version"]).status === 0;

test("the Nu checker finds nothing", { skip: !java && "there is no java here" }, () => {
  const jar = join(here, "node_modules", "vnu-jar", "build", "dist", "vnu.jar");
  const run = spawnSync("java", ["-jar", jar, "--format", "json", "--skip-non-html", built.site], { encoding: "utf8", maxBuffer: 1 << 28 });
  const { messages } = JSON.parse(run.stderr);
  // It reads files, where `'self'` is nothing, and so thinks that the policy blocks every script and style.
  const real = messages.filter((m) => !m.message.startsWith("Resource violates Content Security Policy (meta tag): external"));
  const lines = real.map((m) => `${m.url.split("/site/")[1]}:${m.lastLine}: ${m.message}`);
  assert.deepEqual(lines.slice(0, 40), []);
});

/** What the type checker says of scripts. @param {string[]} files @param {string[]} also */
function typed(files, ...also) {
  const strict = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2022", "--lib", "dom,dom.iterable,es2023", ...also];
  const compiler = join(here, "node_modules", "typescript", "bin", "tsc");
  return spawnSync(process.execPath, [compiler, ...strict, ...files], { encoding: "utf8" }).stdout;
}

/** @param {string} folder */
const scripts = (folder) => readdirSync(folder).filter((name) => /\.js$|\.d\.ts$/.test(name)).map((name) => join(folder, name));

test("the theme's scripts and the preview's are well typed", () => {
  const folder = join(root, "themes", "default", "js");
  assert.equal(typed([...scripts(folder), join(root, "src", "preview", "live.js")], "--noUncheckedIndexedAccess"), "");
  // Search reads packed numbers by place: that each place is there is what its tests against the program are for.
  assert.equal(typed([join(folder, "window.d.ts"), ...scripts(join(folder, "search")), ...scripts(join(folder, "more"))]), "");
});
