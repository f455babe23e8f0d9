// The letters' words on a question's page: folded, and open where they are led to or printed.
"use strict";

(() => {
  const folds = [...document.querySelectorAll("details.whole-answer")];

  // Most browsers open what a link leads into; those that don't are helped.
  const lead = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target?.closest("details.whole-answer:not([open])");
    if (!fold) return;
    fold.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", lead);
  lead();

  // Paper has no folds.
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = folds.filter((each) => !each.open);
    for (const each of closed) each.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const each of closed) each.open = false;
  });

  const button = document.querySelector(".fold-all button");
  if (!button) return;
  const name = () => {
    const isOpen = folds.every((each) => each.open);
    button.textContent = isOpen ? button.dataset.close : button.dataset.open;
    return isOpen;
  };
  button.addEventListener("click", () => {
    const isOpen = name();
    for (const each of folds) each.open = !isOpen;
    name();
  });
  for (const each of folds) each.addEventListener("toggle", name);
})();
