// The search field in the header: loads the index when first used, and shows the hits as links.
//
// The hits are plain lists of links, one for each page, and a status line, not a listbox: links can be opened in
// another tab, listed by a screen reader and read bit by bit, and an option can do none of that.
// Focus itself moves, so that every reader of the screen follows.
"use strict";

(() => {
  const box = document.querySelector(".search");
  if (!box) return;
  const form = box.querySelector("form");
  const field = form.querySelector("#search-field");
  const panel = form.querySelector(".search-panel");
  const status = form.querySelector(".search-status");
  const list = form.querySelector(".search-hits");
  const more = form.querySelector(".search-more");
  const key = form.querySelector(".search-key");
  const say = box.dataset;
  const home = new URL(say.home, location.href);
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const STEP = 10;
  const FEW = 2;
  const KEY = "innspill-search-key";

  let search = null;
  let loading = null;
  let found = [];
  let came = null; // where the reader was when the key was pressed
  let speaking = 0;

  box.querySelector(".search-without").hidden = true;
  form.hidden = false;

  // Loading: two classic scripts, which a page opened from the disk may load too.

  const load = (address) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = new URL(address, location.href);
      script.onload = done;
      script.onerror = () => {
        script.remove();
        failed();
      };
      document.head.append(script);
    });

  const prepare = () => {
    loading ??= Promise.all([load(say.find), load(say.index)]).then(
      () => {
        const names = [say.paragraph, say.questionNumber].map((each) => each.replace("{number}", ""));
        search = window.innspillFind(window.innspillIndex, ...names);
        delete window.innspillIndex; // the rows hold what is needed of it
        if (field.value.trim()) update();
      },
      () => {
        loading = null; // the next try loads anew
        if (!panel.hidden) tell(say.failed);
      },
    );
  };

  // Showing.

  const make = (tag, name, ...inside) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...inside);
    return element;
  };

  const marked = (text) =>
    search
      .pieces(text, field.value)
      .map((each) => (each.isHit ? make("mark", "", each.text) : each.text));

  const kind = (part) => (part.by ? say.minority.replace("{by}", part.by) : say[part.kind]);

  // The number stays on the line of its word.
  const numbered = (row) => {
    const label = row.part.kind === "question" ? say.questionNumber : say.paragraph;
    return label.replace("{number}", row.number).replaceAll(" ", "\u00a0");
  };

  const named = (page) => page.committee ?? page.title;

  const linkTo = (row, ...inside) => {
    const link = make("a", "", ...inside);
    link.href = new URL(row.page.url, home) + (row.place ? `#${row.place}` : "");
    return link;
  };

  // A page, and below it what was found in it: the first few, the rest behind a button.
  const show = ({ page, rows }, number) => {
    const own = rows.find((row) => !row.part.rows);
    const name = own ? linkTo(own, ...marked(named(page))) : make("span", "", ...marked(named(page)));
    const head = make("p", "search-page", name);
    const about = [
      page.question && say.questionNumber.replace("{number}", page.question),
      page.draft && say.draft,
      page.committee && (own || !page.isOne) && page.title,
    ];
    const context = about.filter(Boolean).join(" · ");
    if (context) head.append(" ", make("span", "search-about", ...marked(context)));
    const item = make("li", "", head);
    if (page.lang !== document.documentElement.lang) item.lang = page.lang;
    const inside = rows.filter((row) => row !== own);
    const list = make("ul", "", ...inside.slice(0, FEW).map((row, at) => hit(row, `${number}-${at}`)));
    if (inside.length) item.append(list);
    if (inside.length > FEW) item.append(rest(list, inside.slice(FEW), number));
    return item;
  };

  const rest = (list, rows, number) => {
    const button = make("button", "search-rest", say.rest.replace("{number}", rows.length));
    button.type = "button";
    button.append(make("span", "for-ears", ` ${named(rows[0].page)}`));
    button.addEventListener("click", () => {
      const more = rows.map((row, at) => hit(row, `${number}-${at + FEW}`));
      list.append(...more);
      button.remove();
      more[0].querySelector("a").focus();
    });
    return button;
  };

  const hit = (row, number) => {
    const { page, part } = row;
    const isHeading = part.title === row.words;
    const words = row.number ? [numbered(row)] : isHeading ? marked(row.words) : [kind(part) ?? part.title ?? named(page)];
    const link = linkTo(row, ...words, make("span", "for-ears", `, ${named(page)}`));
    const about = [row.number && kind(part), !isHeading && words[0] !== part.title && part.title];
    const context = about.filter(Boolean).join(" · ");
    const place = make("p", "search-place", link);
    if (context) place.append(" ", make("span", "search-about", ...marked(context)));
    const item = make("li", "", place);
    if (!isHeading) {
      const text = make("p", "search-text", ...marked(search.excerpt(row.words, field.value)));
      text.id = `search-text-${number}`;
      link.setAttribute("aria-describedby", text.id);
      item.append(text);
    }
    return item;
  };

  const showMore = () => {
    const shown = list.children.length;
    list.append(...found.slice(shown, shown + STEP).map((each, at) => show(each, shown + at)));
    more.hidden = list.children.length >= found.length;
    return list.children[shown]?.querySelector("a");
  };

  // Said once the reader rests, so that a screen reader is not talked to at every letter.
  const tell = (text) => {
    clearTimeout(speaking);
    speaking = setTimeout(() => (status.textContent = text), 250);
  };

  const update = () => {
    const query = field.value.trim();
    panel.hidden = !query;
    list.replaceChildren();
    more.hidden = true;
    found = [];
    if (!query) return tell("");
    if (!search) return tell(loading ? say.loading : say.failed);
    if (query.length < 2) return tell(say.short);
    const rows = search.find(query);
    found = search.grouped(rows);
    panel.scrollTop = 0;
    showMore();
    const words = say[plural.select(rows.length)].replace("{number}", rows.length);
    const slips = search.near(query).map(([typed, like]) =>
      (say.near ?? "").replace("{typed}", typed).replace("{like}", like));
    tell(rows.length ? [...slips, words].join(" ") : say.none);
  };

  const close = () => {
    panel.hidden = true;
    tell("");
  };

  const links = () => [...list.querySelectorAll("a")];

  // Moving.

  const leave = () => {
    const back = came;
    came = null;
    close();
    if (!back) return field.focus();
    field.blur();
    back.element.focus({ preventScroll: true });
    window.scrollTo(back.x, back.y);
  };

  const move = (event, step) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (panel.hidden) update();
    if (at < 0 && step < 0) return;
    event.preventDefault();
    const to = at < 0 ? links()[0] : at + step < 0 ? field : all[at + step];
    to?.focus();
  };

  form.addEventListener("keydown", (event) => {
    const isKnob = event.target !== field && event.target.tagName !== "A";
    if (event.key === "Escape" && (!panel.hidden || came)) {
      event.preventDefault();
      leave();
    } else if (event.key === "ArrowDown" && !isKnob) move(event, 1);
    else if (event.key === "ArrowUp" && !isKnob) move(event, -1);
    else if (event.key === "Home" && event.target !== field) jump(event, links()[0]);
    else if (event.key === "End" && event.target !== field) jump(event, links().at(-1));
  });

  const jump = (event, link) => {
    event.preventDefault();
    link?.focus();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (panel.hidden) update();
    links()[0]?.focus();
  });

  field.addEventListener("focus", prepare);
  field.addEventListener("input", () => {
    prepare();
    update();
  });
  field.addEventListener("click", () => panel.hidden && field.value.trim() && update());
  more.firstElementChild.addEventListener("click", () => showMore()?.focus());
  list.addEventListener("click", (event) => {
    if (!event.target.closest("a") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    came = null;
    setTimeout(close); // after the link is followed
  });

  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) {
      came = null;
      close();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!form.contains(event.target)) close();
  });

  // The key. It can be turned off, as WCAG 2.1.4 asks: speech input may type it by mistake.

  const remembered = (value) => {
    try {
      if (value !== undefined) localStorage.setItem(KEY, value);
      return localStorage.getItem(KEY);
    } catch {
      return null; // no storage: the choice holds for this page
    }
  };

  const useKey = (on) => {
    key.checked = on;
    if (on) field.setAttribute("aria-keyshortcuts", "/");
    else field.removeAttribute("aria-keyshortcuts");
  };
  useKey(remembered() !== "off");
  key.addEventListener("change", () => {
    useKey(key.checked);
    remembered(key.checked ? "on" : "off");
  });

  document.addEventListener("keydown", (event) => {
    const isWriting = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || !key.checked || isWriting) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    event.preventDefault();
    came = { element: document.activeElement, x: window.scrollX, y: window.scrollY };
    field.focus();
    field.select();
    if (field.value.trim()) update();
  });
})();
