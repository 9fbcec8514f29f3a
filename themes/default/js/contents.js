// @ts-check
// Marks, in the contents column, the section being read. The list is folded where it is no column.
(function main() {
  const contents = document.querySelector("[data-spy]");
  if (!contents || !("IntersectionObserver" in window)) return;
  const fold = contents.querySelector("details");
  const column = matchMedia("(width >= 72rem)");
  const follow = () => fold?.toggleAttribute("open", column.matches);
  column.addEventListener("change", follow);
  follow();
  /** @type {Map<Element, HTMLAnchorElement>} */
  const links = new Map();
  for (const link of contents.querySelectorAll("a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  const headings = [...links.keys()];
  if (headings.length === 0) return;
  const observer = new IntersectionObserver(mark, { rootMargin: "-80px 0px -60% 0px", threshold: [0, 1] });
  headings.forEach((heading) => observer.observe(heading));
  mark();

  function mark() {
    const line = window.innerHeight * 0.4;
    const atEnd = window.scrollY > 0 && window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
    const past = headings.filter((heading) => heading.getBoundingClientRect().top < line);
    const now = (atEnd && past.length ? headings.at(-1) : past.at(-1)) ?? headings[0];
    for (const [heading, link] of links) {
      if (heading === now) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  }
})();
