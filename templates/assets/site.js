/* What makes the reading easier, and nothing that it needs: contents that follow, references to
   copy. What is said stands in the page's own data attributes, in the page's language; `{name}`
   in it is filled in here. */
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
    // On a phone they lie over the page, and go once one is followed.
    const list = contents.querySelector("[popover]");
    list?.addEventListener("click", (event) => {
      if (event.target.closest("a") && list.matches(":popover-open")) list.hidePopover();
    });

    const moveOn = () => { chosen = -1; };
    for (const how of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      window.addEventListener(how, moveOn, { passive: true });
    }
    window.addEventListener("scroll", later, { passive: true });
    window.addEventListener("resize", later);
    window.addEventListener("hashchange", choose);
    choose();
  };

  // References: each paragraph's number copies how to refer to it, and is the link to it.

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
      link.title = words.copy;
      link.addEventListener("click", async (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        const reference = filled(words.reference, values);
        const isCopied = await copy(`${reference}\n${address}`);
        link.focus({ preventScroll: true }); // which following it took away
        for (const each of text.querySelectorAll(".number.done")) each.classList.remove("done");
        link.classList.toggle("done", isCopied);
        tell(filled(isCopied ? words.copied : words.notCopied, { reference, link: address }));
      });
    }
  };

  // Tables wider than the page: where they go on is said at the edge.

  const markEdges = (box) => {
    const update = () => {
      const hidden = box.scrollWidth - box.clientWidth;
      box.classList.toggle("goes-on-before", hidden > 1 && box.scrollLeft > 1);
      box.classList.toggle("goes-on-after", hidden > 1 && box.scrollLeft < hidden - 1);
    };
    box.addEventListener("scroll", update, { passive: true });
    new ResizeObserver(update).observe(box);
  };

  const improve = () => {
    document.querySelectorAll(".table").forEach(markEdges);
    const contents = document.querySelector(".contents");
    if (contents) follow(contents);
    const text = document.querySelector("[data-reference]");
    if (text) offerReferences(text);
  };

  improve();
  // While one writes, `innspill serve` puts a new <main> in the old one's place, and loads the
  // page anew where no script says that it has gone on with it.
  document.addEventListener("innspill:renewed", (event) => {
    event.preventDefault();
    improve();
  });
})();
