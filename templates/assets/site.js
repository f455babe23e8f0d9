/* What makes the reading easier, and nothing that it needs: contents that follow, references
   to copy, a table that sorts. What is said stands in the page's own data attributes, in the
   page's language; `{name}` in it is filled in here. */
(() => {
  "use strict";

  const filled = (sentence, values) =>
    sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

  const made = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // Contents: the part that is being read is marked as the current one.

  const follow = (contents) => {
    const links = [...contents.querySelectorAll('a[href^="#"]')];
    const places = links.map((link) => document.getElementById(link.hash.slice(1)));

    // What a link led to stays the current part until the reader moves on: near the page's end
    // it can't come to the top.
    let chosen = -1;
    const choose = () => {
      chosen = links.findIndex((link) => link.hash === location.hash && link.hash);
      update();
    };

    const update = () => {
      const line = Math.min(120, window.innerHeight * 0.3);
      const isAtEnd = window.scrollY > 0 &&
        window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2;
      let current = -1;
      places.forEach((place, i) => {
        if (isAtEnd || place.getBoundingClientRect().top <= line) current = i;
      });
      if (chosen >= 0) current = chosen;
      links.forEach((link, i) => {
        if (i !== current) link.removeAttribute("aria-current");
        else if (!link.hasAttribute("aria-current")) {
          link.setAttribute("aria-current", "location");
          reveal(link);
        }
      });
    };

    // Long contents scroll by themselves; the page is not moved.
    const reveal = (link) => {
      if (contents.scrollHeight <= contents.clientHeight) return;
      const [outer, inner] = [contents.getBoundingClientRect(), link.getBoundingClientRect()];
      if (inner.top < outer.top) contents.scrollTop -= outer.top - inner.top + 16;
      if (inner.bottom > outer.bottom) contents.scrollTop += inner.bottom - outer.bottom + 16;
    };

    let isWaiting = false;
    const later = () => {
      if (isWaiting) return;
      isWaiting = true;
      requestAnimationFrame(() => {
        isWaiting = false;
        update();
      });
    };
    const moveOn = () => { chosen = -1; };
    for (const how of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      window.addEventListener(how, moveOn, { passive: true });
    }
    window.addEventListener("scroll", later, { passive: true });
    window.addEventListener("resize", later);
    window.addEventListener("hashchange", choose);
    choose();
  };

  // References: each numbered paragraph has a button that copies how to refer to it.

  const copyByHand = (text) => {
    // On plain http, and where permission is refused: the old command, on a field of its own.
    const [active, chosen] = [document.activeElement, document.getSelection()];
    const range = chosen.rangeCount ? chosen.getRangeAt(0) : null;
    const field = made("textarea", { class: "for-ears", readonly: "", "aria-hidden": "true" });
    field.value = text;
    document.body.append(field);
    field.focus({ preventScroll: true });
    field.select();
    let isCopied = false;
    try {
      isCopied = document.execCommand("copy");
    } catch {
      isCopied = false;
    }
    field.remove();
    active.focus({ preventScroll: true });
    if (range) {
      chosen.removeAllRanges();
      chosen.addRange(range);
    }
    return isCopied;
  };

  const copy = async (text) => {
    if (navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        // The old way may still work.
      }
    }
    return copyByHand(text);
  };

  const offerReferences = (text) => {
    const words = text.dataset;
    const status = document.getElementById("copied");
    let hiding = 0;

    const tell = (sentence) => {
      // Emptied first: a screen reader says the same words again only where they change.
      status.textContent = "";
      window.setTimeout(() => { status.textContent = sentence; }, 50);
      window.clearTimeout(hiding);
      hiding = window.setTimeout(() => { status.textContent = ""; }, 10000);
    };

    for (const link of text.querySelectorAll("a.number")) {
      const values = { number: link.textContent };
      // A text that stands in a version is referred to there, where its numbers stay.
      const address = new URL(words.address || "", link.href.split("#")[0]).href + link.hash;
      const label = filled(words.copy, values);
      const button = made("button", { type: "button", class: "copy", "aria-label": label, title: label });
      button.addEventListener("click", async () => {
        const reference = filled(words.reference, values);
        const isCopied = await copy(`${reference}\n${address}`);
        for (const each of text.querySelectorAll(".copy.done")) each.classList.remove("done");
        button.classList.toggle("done", isCopied);
        tell(filled(isCopied ? words.copied : words.notCopied, { reference, link: address }));
      });
      link.after(button);
    }
  };

  // Proposals: sorted inside each direction by any column, and filtered by direction.

  const byNumber = (one, other) => {
    const [a, b] = [one, other].map((text) => (text.match(/\d+/g) || []).map(Number));
    return a[0] - b[0] || a[1] - b[1] || 0;
  };

  // Norwegian has one order, which no browser need know by the name `nn`; the numbers in names
  // count by their value, as where the program itself sorts.
  const namesIn = (language) =>
    new Intl.Collator([language, ...(language === "nn" ? ["nb", "no"] : [])], { numeric: true });

  const comparisons = (language, names = namesIn(language)) => ({
    text: (a, b, at) => names.compare(at(a).textContent, at(b).textContent),
    force: (a, b) => Number(a.dataset.rank) - Number(b.dataset.rank),
    number: (a, b, at) => byNumber(at(a).textContent, at(b).textContent),
  });

  const sortable = (table, tell) => {
    const compare = comparisons(document.documentElement.lang);
    const heads = [...table.tHead.rows[0].cells];

    const sort = (head, order) => {
      const at = (row) => row.cells[heads.indexOf(head)];
      const sign = order === "ascending" ? 1 : -1;
      for (const body of table.tBodies) {
        const rows = [...body.querySelectorAll("tr[data-rank]")];
        rows.sort((a, b) => sign * compare[head.dataset.sort](a, b, at));
        body.append(...rows);
      }
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order);
    };

    for (const head of heads) {
      const name = head.textContent;
      const button = made("button", { type: "button", class: "sort" }, name);
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const order = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
        sort(head, order);
        tell(filled(table.dataset[order], { column: name }));
      });
      // So they stand from the beginning: the strongest first.
      if (head.dataset.sort === "force") head.setAttribute("aria-sort", "ascending");
    }
  };

  const filterable = (table, choice, tell) => {
    choice.addEventListener("change", () => {
      for (const body of table.tBodies) {
        body.hidden = Boolean(choice.value) && body.dataset.move !== choice.value;
      }
      const all = table.querySelectorAll("tr[data-rank]").length;
      const shown = table.querySelectorAll("tbody:not([hidden]) tr[data-rank]").length;
      tell(filled(table.dataset.shown, { shown, all }));
    });
    // A link to a proposal that the filter hides shows all of them again.
    window.addEventListener("hashchange", () => {
      const target = document.getElementById(location.hash.slice(1));
      if (!target || !target.closest("tbody[hidden]")) return;
      choice.value = "";
      choice.dispatchEvent(new Event("change"));
      target.scrollIntoView();
    });
  };

  const improve = () => {
    const contents = document.querySelector(".contents");
    if (contents) follow(contents);
    const text = document.querySelector("[data-reference]");
    if (text) offerReferences(text);
    const table = document.querySelector("table.proposals");
    if (table) {
      const status = document.getElementById("proposals-status");
      const tell = (sentence) => { status.textContent = sentence; };
      sortable(table, tell);
      filterable(table, document.getElementById("direction"), tell);
    }
  };

  improve();
  // While one writes, `innspill serve` puts a new <main> in the old one's place, and loads the
  // page anew where no script says that it has gone on with it.
  document.addEventListener("innspill:renewed", (event) => {
    event.preventDefault();
    improve();
  });
})();
