/* Light or dark: the reader's own choice, before anything is drawn, so that nothing flashes.

   Without a choice the page follows the system. A choice that says what the system says is
   forgotten, so that the page follows again. Where storage is refused, a choice holds for
   the page alone. */
(() => {
  "use strict";
  const KEY = "innspill-theme";
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };

  const remember = (choice) => {
    try {
      if (choice) localStorage.setItem(KEY, choice);
      else localStorage.removeItem(KEY);
    } catch {
      // Storage is refused; the page itself still holds the choice.
    }
  };

  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);

  const show = () => {
    const pressed = String(isDark());
    for (const each of document.querySelectorAll(".theme-switch")) {
      each.setAttribute("aria-pressed", pressed);
    }
  };

  const choose = (choice) => {
    if (choice === "dark" || choice === "light") root.dataset.theme = choice;
    else delete root.dataset.theme;
    show();
  };

  // Controls that need a script are drawn from the beginning where there is one.
  root.classList.add("js");
  choose(remembered());
  document.addEventListener("DOMContentLoaded", show);
  system.addEventListener("change", show);
  window.addEventListener("storage", (event) => {
    if (event.key === KEY) choose(event.newValue);
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".theme-switch")) return;
    const wanted = isDark() ? "light" : "dark";
    const choice = (wanted === "dark") === system.matches ? null : wanted;
    choose(choice);
    remember(choice);
  });
})();
