// MiniSearch as sites of documents use it: the whole index is loaded when a reader turns to the field; a section is a result.
let loaded;

async function read() {
  const [{ default: MiniSearch }, answer] = await Promise.all([import("/minisearch.js"), fetch("/index.json")]);
  return MiniSearch.loadJSON(await answer.text(), {
    fields: ["title", "heading", "text"],
    storeFields: ["title", "heading"],
    searchOptions: { prefix: true, fuzzy: 0.2, boost: { title: 4, heading: 1, text: 2 } },
  });
}

const load = () => (loaded ??= read());

window.find = async (query, count) => (await load()).search(query).slice(0, count);

const query = document.querySelector("#query");
query.addEventListener("focus", load);
query.addEventListener("input", async () => {
  const results = query.value ? await find(query.value, 10) : [];
  document.querySelector("#results").innerHTML = results
    .map(({ id, title, heading }) => `<li><a href="${id}">${title}: ${heading}</a></li>`)
    .join("");
});
