// Writes MiniSearch's index of the sections of a folder of Markdown pages.
//
//     node build.js CONTENT OUT
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import MiniSearch from "minisearch";

const [content, out] = process.argv.slice(2);
const index = new MiniSearch({ fields: ["title", "heading", "text"], storeFields: ["title", "heading"] });
for (const file of readdirSync(content, { recursive: true }).sort()) {
  if (file.endsWith(".md")) index.addAll(sections(file, readFileSync(join(content, file), "utf8")));
}
writeFileSync(join(out, "index.json"), JSON.stringify(index));
copyFileSync(createRequire(import.meta.url).resolve("minisearch").replace("cjs/index.cjs", "es/index.js"), join(out, "minisearch.js"));

/** A page's sections: what stands before its first heading, then what stands under each. */
function sections(file, text) {
  const [, head, body] = /^\+\+\+\n(.*?)\n\+\+\+\n(.*)$/s.exec(text);
  const title = /^title = "(.*)"$/m.exec(head)?.[1] ?? "";
  const address = `/pages/${file.replace(/(_index)?\.md$/, "")}`;
  return body.split(/^(?=#{2,3} )/m).map((part, at) => {
    const [, heading = "", rest] = /^(?:#{2,3} (.*)\n)?(.*)$/s.exec(part);
    return { id: `${address}#${at}`, title, heading, text: plain(rest) };
  });
}

/** A text without where its links lead and what marks its code. */
function plain(text) {
  return text.replace(/\]\([^)]*\)/g, "]").replace(/^```.*$/gm, "");
}
