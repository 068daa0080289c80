// Each card stands in a frame of its own, which holds what Anki's page holds: the note type's style, the body's
// classes, the side's HTML, and then its script. A frame is made when its card comes near the screen, and dropped
// when many others have come since.
const MOST_FRAMES = 30;
const SANDBOX = "allow-same-origin allow-scripts allow-popups allow-popups-to-escape-sandbox";
const REMOVED = "script, link, meta, base, iframe, frame, object, embed, portal, template";
const LOADS = ["src", "srcset", "poster", "background", "data", "ping", "formaction"];
const MEDIUM = /^(?:[a-z0-9-]+\.[a-z0-9]+|data:(?:image|audio|video)\/[^"'\\]*)$/i;
const looks = JSON.parse(document.getElementById("_looks").textContent);
const states = new Map(); // by anchor: {back, height, kept}
const frames = new Map(); // by article, the one shown last at the end
const loaded = new WeakMap(); // frame → a promise of its document

function stateOf(article) {
  if (!states.has(article.id)) states.set(article.id, { back: false, height: 0, kept: new Map() });
  return states.get(article.id);
}

function dataOf(article) {
  const [type, body, front, back] = JSON.parse(article.querySelector(":scope > script").textContent);
  return { type, body, sides: [front, back] };
}

// Anki shows one card at a time; here many stand on one page. So each has the storage of a session for itself.
// It is kept by the browser too, where the browser lets it be.
function storage(article) {
  const { kept } = stateOf(article);
  const name = (key) => location.pathname + "#" + article.id + "/" + key;
  return {
    getItem(key) {
      if (kept.has(key)) return kept.get(key);
      try {
        return sessionStorage.getItem(name(key));
      } catch (denied) {
        return null;
      }
    },
    setItem(key, value) {
      kept.set(key, String(value));
      try {
        sessionStorage.setItem(name(key), value);
      } catch (denied) {
        // it holds as long as the page is open
      }
    },
    removeItem(key) {
      this.setItem(key, "");
    },
  };
}

// A deck may hold raw HTML. What could load something from elsewhere, or lead the frame away, is taken out; the
// page's policy would stop the most of it, this the rest.
function cleaned(html) {
  const page = new DOMParser().parseFromString("<!doctype html><body>" + html, "text/html");
  for (const element of page.querySelectorAll(REMOVED)) element.remove();
  for (const element of page.body.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      const link = name === "href" || name.endsWith(":href");
      const anchor = element.localName === "a" || element.localName === "area";
      const bad =
        name.startsWith("on") ||
        (LOADS.includes(name) && !MEDIUM.test(value)) ||
        (link && !anchor && !value.startsWith("#")) ||
        (link && anchor && !/^(?:https?:\/\/|mailto:)/i.test(value)) ||
        (name === "style" && /url|image|\\|@/i.test(value));
      if (bad) element.removeAttribute(name);
    }
    if (element.localName === "a" || element.localName === "area") {
      element.setAttribute("target", "_blank");
      element.setAttribute("rel", "noopener noreferrer");
    }
    if (element.localName === "style" && /url|image|\\|@/i.test(element.textContent)) element.remove();
  }
  return [...page.body.childNodes];
}

function mount(article) {
  if (frames.has(article)) return frames.get(article);
  const { type, body } = dataOf(article);
  const state = stateOf(article);
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", SANDBOX);
  frame.title = "Card " + article.id;
  if (state.height) frame.style.height = state.height + "px";
  frame.srcdoc =
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Card</title><style>' +
    "html{overflow-y:hidden}body{margin:20px;overflow-wrap:break-word}</style><style>" +
    looks[type].style +
    ".ft mjx-container>svg{display:inline;max-width:none;margin:0}</style></head><body><div id=qa></div></body></html>";
  frames.set(article, frame);
  loaded.set(
    frame,
    new Promise((resolve) => frame.addEventListener("load", () => resolve(dress(article, frame, body)), { once: true })),
  );
  stageOf(article).append(frame);
  drop();
  show(article);
  return frame;
}

function stageOf(article) {
  let stage = article.querySelector(":scope > .stage");
  if (!stage) {
    stage = document.createElement("div");
    stage.className = "stage";
    article.append(stage);
  }
  return stage;
}

// Gives the frame what belongs to the page around it: storage, classes, keys, a height that follows its content.
function dress(article, frame, body) {
  const page = frame.contentDocument;
  const view = frame.contentWindow;
  if (!page || !view) return null;
  Object.defineProperty(view, "sessionStorage", { value: storage(article) });
  page.body.className = body;
  paint(page);
  page.addEventListener("keydown", (event) => onKey(event, article));
  page.addEventListener("focusin", () => select(article));
  new view.ResizeObserver(() => {
    const height = Math.ceil(page.documentElement.getBoundingClientRect().height);
    if (height && frame.isConnected) {
      stateOf(article).height = height;
      frame.style.height = height + "px";
      frame.parentNode.style.minHeight = height + "px";
    }
  }).observe(page.documentElement);
  return page;
}

function paint(page) {
  for (const name of ["nightMode", "night_mode"]) page.body.classList.toggle(name, night());
}

// Puts a side into the frame as Anki's reviewer does: the inside is replaced, then the side's scripts are run.
async function show(article) {
  const frame = mount(article);
  const state = stateOf(article);
  const back = state.back;
  tellSide(article, back);
  const page = await loaded.get(frame);
  if (!page || frames.get(article) !== frame || stateOf(article).back !== back) return;
  const { type, sides } = dataOf(article);
  const inside = page.getElementById("qa");
  inside.replaceChildren(...cleaned(sides[+back]));
  for (const text of looks[type].scripts[+back]) {
    const script = page.createElement("script");
    script.text = text;
    inside.append(script);
  }
  frame.title = "Card " + article.id + (back ? ", answer" : ", question");
  await typeset(inside);
  article.dataset.shown = back ? "back" : "front";
}

function tellSide(article, back) {
  const button = article.querySelector(".flip");
  button.textContent = back ? "Show question" : "Show answer";
  button.hidden = false;
}

function flip(article, back = !stateOf(article).back) {
  stateOf(article).back = back;
  delete article.dataset.shown;
  if (frames.has(article)) show(article);
  else tellSide(article, back);
}

function unmount(article) {
  const frame = frames.get(article);
  frames.delete(article);
  delete article.dataset.shown;
  if (frame) frame.remove();
}

// Drops the frames shown longest ago; never those that are near the screen.
function drop() {
  for (const article of [...frames.keys()]) {
    if (frames.size <= MOST_FRAMES) return;
    if (!article.classList.contains("near")) unmount(article);
  }
}

// What comes near is made one card at a time, so that scrolling stays smooth; what has gone by is left out.
const nearness = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      target.classList.toggle("near", isIntersecting);
      if (isIntersecting && !frames.has(target)) waiting.push(target);
    }
    if (waiting.length) work();
  },
  { rootMargin: "800px 0px" },
);
const waiting = [];
let working = false;

async function work() {
  if (working) return;
  working = true;
  while (waiting.length) {
    const article = waiting.shift();
    if (!article.classList.contains("near") || !article.isConnected || frames.has(article)) continue;
    mount(article);
    await Promise.race([loaded.get(frames.get(article)), new Promise((resolve) => setTimeout(resolve, 200))]);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  working = false;
}

const articles = () => [...document.querySelectorAll("main > article")];
function watch(article) {
  article.querySelector(".flip").hidden = false;
  stageOf(article);
  tellSide(article, stateOf(article).back);
  nearness.observe(article);
}

whenThemeChanges.push(() => {
  for (const frame of frames.values()) loaded.get(frame).then((page) => page && paint(page));
});

