// @ts-check
// The menu closes when the window grows past it.
(function main() {
  const menu = document.getElementById("menu");
  if (!menu || !("hidePopover" in menu)) return;
  matchMedia("(width >= 50rem)").addEventListener("change", () => {
    if (menu.matches(":popover-open")) menu.hidePopover();
  });
})();
