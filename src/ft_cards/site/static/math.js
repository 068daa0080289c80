// Math, as Anki shows it: MathJax, with the delimiters \( \) and \[ \]. It is loaded once, by the page, when the
// first card with math comes near; it then works in the cards' frames, which are of the same origin.
const MATH = /\\[([]/;
let mathjax = null;

function loadMathJax() {
  window.MathJax = {
    tex: {
      inlineMath: [["\\(", "\\)"]],
      displayMath: [["\\[", "\\]"]],
      processEscapes: false,
      processEnvironments: false,
      processRefs: false,
    },
    svg: { fontCache: "none" },
    options: { enableMenu: false },
    startup: { typeset: false },
  };
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "../mathjax.js";
    script.onload = () => resolve(window.MathJax.startup.promise);
    script.onerror = () => reject(new Error("mathjax.js is missing beside the pages"));
    document.head.append(script);
  });
}

// Typesets what stands in an element of a frame; resolves when it is done, or at once where there is no math.
async function typeset(element) {
  if (!MATH.test(element.textContent)) return;
  mathjax = mathjax || loadMathJax();
  await mathjax;
  const page = element.ownerDocument;
  if (!element.isConnected || !page.defaultView) return;
  await window.MathJax.typesetPromise([element]);
  const style = document.getElementById("MJX-SVG-styles");
  if (style && !page.getElementById("MJX-SVG-styles")) page.head.append(page.importNode(style, true));
}

