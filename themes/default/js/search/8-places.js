// @ts-check
// The two places of search: a dialog over any page, and the page of its own.

/** @type {HTMLDialogElement | undefined} */
let dialog;
/** @type {ReturnType<typeof panel> | undefined} */
let inDialog;

/** @param {string} typed what was typed while search was on its way */
function openDialog(typed) {
  if (!dialog || !inDialog) {
    inDialog = panel("search");
    const close = make("button", { type: "button", class: "search-close", "aria-label": "Esc: close search" }, make("kbd", {}, "Esc"));
    const keys = make("p", { class: "search-keys", "aria-hidden": "true" }, make("kbd", {}, "\u2191"), make("kbd", {}, "\u2193"), " choose ", make("kbd", {}, "\u21b5"), " open");
    dialog = make(
      "dialog",
      { class: "search", "aria-label": "Search" },
      make("div", { class: "search-top" }, icon(LENS), inDialog.input, close),
      make("div", { class: "search-body" }, inDialog.kinds, inDialog.note, inDialog.list),
      make("div", { class: "search-foot" }, keys, inDialog.all, inDialog.count),
      inDialog.status,
    );
    const own = dialog;
    close.addEventListener("click", () => own.close());
    own.addEventListener("click", (event) => {
      if (event.target === own) own.close();
    });
    document.body.append(dialog);
  }
  if (!dialog.open) dialog.showModal();
  if (typed) inDialog.input.value = typed;
  inDialog.focus(!typed);
  void inDialog.show();
}

/** The page of search: what its address asks for, and its address what is typed. */
function openPage() {
  const place = document.querySelector("[data-search-page]");
  if (!place) return;
  const address = new URL(location.href);
  const inPage = panel("find", (query) => {
    address.searchParams.delete("q");
    if (query) address.searchParams.set("q", query);
    history.replaceState(history.state, "", address);
    document.querySelector("[data-a-to-z]")?.toggleAttribute("hidden", query.trim() !== "");
  });
  place.append(make("div", { class: "search-top" }, icon(LENS), inPage.input), make("div", { class: "search-body" }, inPage.kinds, inPage.note, inPage.list), inPage.count, inPage.status);
  inPage.input.value = address.searchParams.get("q") ?? "";
  void inPage.show();
}

window.onsideSearch = receive;
// For a playbook's own scripts, and for tests: what a query leads to.
window.onside = { open: openDialog, page: openPage, search };
void load("index").catch(() => {});
