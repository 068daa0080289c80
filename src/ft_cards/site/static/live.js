// Served pages follow their sources: the server tells each new state, and what changed is put in place, so that
// filters, flipped cards and the place one is at stay as they are.
// Only while the page is seen: browsers have six connections to a server, and each stream takes one of them.
let version = root.dataset.version;
let stream = null;
let news = 0;

async function hear(event) {
  if (event.data === version) return;
  const mine = ++news;
  const answer = await fetch(location.pathname, { cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== news) return; // there is something newer by now
  version = fresh.documentElement.dataset.version || event.data;
  renew(fresh);
}

function hush() {
  if (stream) stream.close();
  stream = null;
}

function listen() {
  if (document.hidden) return hush();
  if (stream) return;
  stream = new EventSource("/events");
  stream.onmessage = hear;
}

listen();
document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", hush);
addEventListener("pageshow", listen); // also from the browser's memory, by its button to go back

function renew(fresh) {
  const same = (selector) => {
    const [old, now] = [document.querySelector(selector), fresh.querySelector(selector)];
    return (old && old.textContent) === (now && now.textContent);
  };
  const shell = "body > script:not([type])";
  const cards = typeof articles === "function";
  if (!same(shell) || cards !== Boolean(fresh.querySelector("main > article"))) return location.reload();
  if (!cards) {
    document.querySelector("main").replaceWith(document.adoptNode(fresh.querySelector("main")));
    return swap(fresh, [".problems", "header.top h1", "header.top .facts"]);
  }
  Object.assign(looks, JSON.parse(fresh.getElementById("_looks").textContent)); // a first card of another type
  swap(fresh, [".problems", "header.top h1", "header.top .facts", "header.top .about"]);
  renewCards(fresh);
}

function swap(fresh, selectors) {
  document.title = fresh.title;
  for (const selector of selectors) {
    const [old, now] = [document.querySelector(selector), fresh.querySelector(selector)];
    if (old && now && old.outerHTML !== now.outerHTML) old.replaceWith(document.adoptNode(now));
  }
}

// What a card is: its text and data; not what the page has added since.
function content(article) {
  return ["header .number", "header .part", "header .kind", "header .level", "header .place", ".text", "script"]
    .map((selector) => article.querySelector(":scope > " + selector))
    .map((part) => (part ? part.textContent : ""))
    .concat(article.dataset.tags)
    .join("\n");
}

function renewCards(fresh) {
  const anchor = articles().find((article) => !article.hidden && article.getBoundingClientRect().bottom > 0);
  const top = anchor ? anchor.getBoundingClientRect().top : 0;
  const focused = document.activeElement && document.activeElement.closest("article");
  const old = new Map(articles().map((article) => [article.id, article]));
  const main = document.querySelector("main");
  let place = main.firstElementChild;
  for (const now of [...fresh.querySelectorAll("main > article")]) {
    const before = old.get(now.id);
    old.delete(now.id);
    if (before && content(before) === content(now)) {
      if (before === place) place = place.nextElementSibling;
      else main.insertBefore(before, place);
      continue;
    }
    const made = document.adoptNode(now);
    if (before) {
      if (before === place) place = place.nextElementSibling;
      replace(before, made);
    }
    main.insertBefore(made, place);
    watch(made);
    if (before && before === focused) made.focus({ preventScroll: true });
    if (before) before.remove();
  }
  for (const gone of old.values()) {
    unmount(gone);
    gone.remove();
  }
  renewChips(fresh);
  index();
  filter();
  const kept = anchor && document.getElementById(anchor.id);
  if (kept) scrollBy(0, kept.getBoundingClientRect().top - top);
}

// The new card takes over the height of the old one until it knows its own.
function replace(before, made) {
  const height = stateOf(before).height;
  nearness.unobserve(before);
  unmount(before);
  if (height) stageOf(made).style.minHeight = height + "px";
  if (selected === before) select(made);
}

function renewChips(fresh) {
  const open = Boolean(controls.querySelector(".tags[open]"));
  for (const old of controls.querySelectorAll(":scope > .chips, :scope > .tags")) old.remove();
  controls.querySelector(".clear").before(...fresh.querySelectorAll(".controls > .chips, .controls > .tags"));
  if (open && controls.querySelector(".tags")) controls.querySelector(".tags").open = true;
}
