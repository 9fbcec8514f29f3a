// @ts-check
// Buttons that print the page they stand on.
(function main() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => print());
  }
})();
