// Keys, and the card one is at: / searches, j and k go on and back, Space and Enter flip.
let selected = null;
const CONTROL = "a, button, summary, input, textarea, select, label, audio, video, [role=radio], [role=option]";

function select(article) {
  if (selected === article) return;
  if (selected) selected.classList.remove("selected");
  selected = article;
  if (article) article.classList.add("selected");
}

function go(article) {
  if (!article) return;
  article.focus({ preventScroll: true });
  article.scrollIntoView({ block: "start" });
}

function step(by) {
  const shown = articles().filter((article) => !article.hidden);
  const at = shown.indexOf(selected);
  const first = shown.findIndex((article) => article.getBoundingClientRect().bottom > 0);
  go(shown[at < 0 ? Math.max(first, 0) : Math.min(Math.max(at + by, 0), shown.length - 1)]);
}

function onKey(event, article) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (event.key === "Escape" && event.target === search) search.blur();
  if (typing) return;
  const at = article || (event.target.matches("article") ? event.target : null);
  const act = {
    "/": () => search.focus(),
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: at && !article ? () => step(1) : null,
    ArrowUp: at && !article ? () => step(-1) : null,
    " ": at && !event.target.closest(CONTROL) ? () => flip(at) : null,
    Enter: at && !event.target.closest(CONTROL) ? () => flip(at) : null,
  }[event.key];
  if (!act) return;
  event.preventDefault();
  if (!event.repeat || event.key !== " ") act();
}

document.addEventListener("keydown", (event) => onKey(event, null));
document.addEventListener("focusin", (event) => {
  const article = event.target.closest("article");
  if (article) select(article);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest(".flip");
  if (button) flip(button.closest("article"));
  const link = event.target.closest("article > header .id");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    const query = location.hash.slice(1).split("?")[1];
    location.hash = link.closest("article").id + (query ? "?" + query : "");
  }
});

// Opens the card that the address names, even if the filters hide it.
function follow() {
  if (location.hash === "#_cards") return filter();
  const name = readAddress();
  const article = name && document.getElementById(name);
  if (!article || !article.matches("article")) return;
  article.hidden = false;
  go(article);
  // Cards above it find their heights only now; stay with it while they do.
  let until = performance.now() + 1500;
  const margin = parseFloat(getComputedStyle(article).scrollMarginTop);
  const stay = () => {
    if (Math.abs(article.getBoundingClientRect().top - margin) > 4) article.scrollIntoView({ block: "start" });
    if (performance.now() < until) requestAnimationFrame(stay);
  };
  for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    addEventListener(kind, () => (until = 0), { once: true, passive: true });
  }
  requestAnimationFrame(stay);
}

// On paper every card stands as text, with its answer: most have no frame just then.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll(".text > details")) details.open = true;
});

controls.hidden = false;
for (const article of articles()) watch(article);
index();
follow();
addEventListener("hashchange", follow);
