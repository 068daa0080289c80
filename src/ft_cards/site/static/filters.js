// Search and filters. What is asked for stands in the address, after the card if there is one, so that a link
// keeps it: #card-id?q=words&kind=code&level=hard&tag=lora
const controls = document.querySelector(".controls");
const search = document.getElementById("_search");
const counted = document.getElementById("_count");
const GROUPS = ["kind", "level", "tag"];
let wanted = { words: [], kind: new Set(), level: new Set(), tag: new Set() };
let rows = [];

function index() {
  rows = articles().map((article) => ({
    article,
    text: (article.id + " " + article.querySelector(".text").textContent).toLowerCase(),
    kind: [article.dataset.kind],
    level: [article.dataset.level],
    tag: article.dataset.tags.split(" "),
  }));
}

function matches(row) {
  return (
    GROUPS.every((group) => !wanted[group].size || row[group].some((value) => wanted[group].has(value))) &&
    wanted.words.every((word) => row.text.includes(word))
  );
}

function filter() {
  let shown = 0;
  for (const row of rows) {
    const hidden = !matches(row);
    if (row.article.hidden !== hidden) row.article.hidden = hidden;
    if (!hidden) shown++;
  }
  const all = shown === rows.length;
  counted.textContent = (all ? "" : shown.toLocaleString("en") + " of ") + count(rows.length);
  document.querySelector(".none").hidden = shown > 0;
  controls.querySelector(".clear").hidden = all;
  for (const chip of controls.querySelectorAll(".chip")) {
    chip.setAttribute("aria-pressed", String(wanted[chip.dataset.group].has(chip.dataset.value)));
  }
}

function count(number) {
  return number.toLocaleString("en") + (number === 1 ? " card" : " cards");
}

function readAddress() {
  const [card, query = ""] = location.hash.slice(1).split("?");
  const asked = new URLSearchParams(query);
  search.value = asked.get("q") || "";
  setWords();
  for (const group of GROUPS) wanted[group] = new Set(asked.getAll(group));
  if (wanted.tag.size && controls.querySelector(".tags")) controls.querySelector(".tags").open = true;
  filter();
  try {
    return decodeURIComponent(card);
  } catch (malformed) {
    return "";
  }
}

function setWords() {
  wanted.words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
}

function writeAddress() {
  const asked = new URLSearchParams();
  if (search.value.trim()) asked.set("q", search.value.trim());
  for (const group of GROUPS) for (const value of wanted[group]) asked.append(group, value);
  const [card] = location.hash.slice(1).split("?");
  const query = asked.toString();
  const fragment = "#" + card + (query ? "?" + query : "");
  history.replaceState(null, "", fragment === "#" ? location.pathname + location.search : fragment);
}

function clear() {
  search.value = "";
  wanted = { words: [], kind: new Set(), level: new Set(), tag: new Set() };
  filter();
  writeAddress();
}

search.addEventListener("input", () => {
  setWords();
  filter();
  writeAddress();
});
controls.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("click", (event) => {
  const chip = event.target.closest(".chip");
  if (chip) {
    const group = wanted[chip.dataset.group];
    if (!group.delete(chip.dataset.value)) group.add(chip.dataset.value);
    filter();
    writeAddress();
  }
  if (event.target.closest(".clear")) clear();
  const all = event.target.closest(".flip-all");
  if (all) flipAll(all);
});

function flipAll(button) {
  const back = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(back));
  for (const article of articles()) flip(article, back);
}

