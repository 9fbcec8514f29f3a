// @ts-check
// Sets the colours before the first paint, says that script runs, and sends for the fonts.
// On a page opened from disk no font can be sent for ahead, and a link to a folder opens the folder's page.
(function main() {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const scheme = localStorage.getItem("onside-scheme");
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
  } catch {
    // Storage is closed to us: the system's colours it is.
  }
  if (location.protocol === "file:") document.addEventListener("click", openFolder);
  else document.currentScript?.dataset.fonts?.split(" ").forEach(preload);

  /** @param {string} href */
  function preload(href) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href });
    document.head.append(link);
  }

  /** @param {MouseEvent} event */
  function openFolder(event) {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || link.protocol !== "file:" || !link.pathname.endsWith("/")) return;
    link.pathname += "index.html";
  }
})();
