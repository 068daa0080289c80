// Light or dark: as the system has it, until the reader says otherwise. Storage may be denied; then a choice
// holds as long as the page is open.
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const THEMES = ["system", "light", "dark"];
let theme = remembered("ft-theme");
const whenThemeChanges = [];

function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch (denied) {
    return null;
  }
}

function night() {
  return theme === "dark" || (theme !== "light" && system.matches);
}

function showTheme() {
  if (!THEMES.includes(theme)) theme = "system";
  root.classList.toggle("night", night());
  for (const button of document.querySelectorAll(".theme")) {
    button.hidden = false;
    button.textContent = "Theme: " + theme;
  }
  for (const tell of whenThemeChanges) tell();
}

document.addEventListener("click", (event) => {
  if (!event.target.closest(".theme")) return;
  theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  try {
    localStorage.setItem("ft-theme", theme);
  } catch (denied) {
    // it holds for this page
  }
  showTheme();
});
system.addEventListener("change", showTheme);
root.classList.add("live");
showTheme();

