// Pagefind as its own interface uses it: loaded when a reader turns to the field, and five results shown with their excerpts.
// With `?here` it works in the page instead of a worker, which a browser's slow processor does not slow.
let loaded;

function load() {
  loaded ??= import("/pagefind/pagefind.js").then(async (pagefind) => {
    await pagefind.options({ noWorker: location.search === "?here" });
    await pagefind.init();
    return pagefind;
  });
  return loaded;
}

window.find = async (query, count) => {
  const { results } = await (await load()).search(query);
  const data = await Promise.all(results.slice(0, count).map((each) => each.data()));
  return data.map(({ url, meta, excerpt }) => ({ address: url, title: meta.title, excerpt }));
};

const query = document.querySelector("#query");
query.addEventListener("focus", load);
query.addEventListener("input", async () => {
  const results = query.value ? await find(query.value, 5) : [];
  document.querySelector("#results").innerHTML = results
    .map(({ address, title, excerpt }) => `<li><a href="${address}">${title}</a> ${excerpt}</li>`)
    .join("");
});
