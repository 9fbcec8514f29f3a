// @ts-check
// The button that chooses light or dark: as the system has it, then the other, then the one.
(function main() {
  const button = document.querySelector("[data-scheme-toggle]");
  if (!button) return;
  const root = document.documentElement;
  const words = { auto: "as the system has them", light: "light", dark: "dark" };
  /** @type {(keyof typeof words)[]} */
  const order = matchMedia("(prefers-color-scheme: dark)").matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  say();
  button.addEventListener("click", () => {
    const next = order[(order.indexOf(current()) + 1) % order.length] ?? "auto";
    if (next === "auto") delete root.dataset.scheme;
    else root.dataset.scheme = next;
    try {
      if (next === "auto") localStorage.removeItem("onside-scheme");
      else localStorage.setItem("onside-scheme", next);
    } catch {
      // Nothing is kept; the page still changes.
    }
    say();
  });

  /** @returns {keyof typeof words} */
  function current() {
    const scheme = root.dataset.scheme;
    return scheme === "light" || scheme === "dark" ? scheme : "auto";
  }

  function say() {
    button?.setAttribute("aria-label", `Colours: ${words[current()]}`);
    button?.setAttribute("title", `Colours: ${words[current()]}`);
  }
})();
