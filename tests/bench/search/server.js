// Folders laid over each other, served as a plain web server does that compresses text, and what each request was sent.
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const compressed = new Set([".html", ".css", ".js", ".json", ".svg"]);

/** Serves the folders; of two files of one path, that of the first folder. @param {string[]} roots */
export async function serve(roots) {
  /** @type {{ path: string, bytes: number, begun: number }[]} */
  const requests = [];
  const bodies = new Map();
  const server = createServer((request, response) => {
    const begun = performance.timeOrigin + performance.now();
    const { path, body, head, status } = answer(roots, request.url ?? "/", bodies);
    requests.push({ path, bytes: body.length, begun });
    response.writeHead(status, head);
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = server.address();
  const end = () => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://127.0.0.1:${port}`, requests, end };
}

/** What a request is sent: gzip makes a text small once, then it is kept. */
function answer(roots, url, bodies) {
  let path = decodeURIComponent(new URL(url, "http://host").pathname);
  if (path.endsWith("/")) path += "index.html";
  const file = roots.map((root) => join(root, path)).find((each) => statSync(each, { throwIfNoEntry: false })?.isFile());
  if (!file) return { path, body: Buffer.from("Not here"), head: { "content-type": "text/plain" }, status: 404 };
  const type = extname(file);
  if (!bodies.has(file)) bodies.set(file, compressed.has(type) ? gzipSync(readFileSync(file)) : readFileSync(file));
  const encoding = compressed.has(type) ? { "content-encoding": "gzip", vary: "accept-encoding" } : {};
  return { path, body: bodies.get(file), head: { "content-type": types[type] ?? "application/octet-stream", ...encoding }, status: 200 };
}
