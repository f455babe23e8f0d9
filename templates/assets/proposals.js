// All proposals of a consultation: chosen, counted and sorted. What is chosen stands behind the
// `#` of the address, so that it can be sent to others, also from a shared folder.
"use strict";

(() => {
  const form = document.querySelector(".choices");
  const table = document.querySelector(".every-proposal");
  if (!form || !table) return;
  const say = table.dataset;
  const status = form.querySelector("[role=status]");
  const chosen = form.querySelector(".chosen");
  const all = form.querySelector("[type=reset]");
  const fields = [...form.elements].filter((each) => each.name);
  const lists = fields.filter((each) => each.tagName === "SELECT");
  const heads = [...table.tHead.rows[0].cells];
  const language = document.documentElement.lang;
  const names = new Intl.Collator([language, "nb", "no"], { numeric: true });
  const plural = new Intl.PluralRules(language);

  // Read once, since thirty thousand rows are slow to ask. A group is a heading and the rows
  // behind it, in bodies of some committees each: a browser lays out only those that are seen.
  const groups = [];
  for (const body of table.tBodies) {
    if (body.matches(".direction")) {
      groups.push({ head: body, count: body.querySelector(".count"), bodies: [], rows: [] });
      continue;
    }
    const group = groups.at(-1);
    group.bodies.push(body);
    for (const row of body.rows) {
      const cells = [...row.cells].map((cell) => cell.textContent.trim());
      group.rows.push({
        row,
        cells,
        place: group.rows.length,
        retning: [group.head.dataset.move],
        ord: [cells[1]],
        utvalg: [row.cells[2].firstElementChild.textContent],
        sporsmal: cells[3].split("; ").map((each) => each.match(/^(\d+(?=\. )|–)/)?.[0]),
        tekst: cells[0].toLowerCase(),
      });
    }
    group.sizes = [...(group.sizes ?? []), body.rows.length];
  }
  const rows = groups.flatMap((each) => each.rows);

  // Choosing.

  // What is chosen, asked of the page once and not for each row.
  const chosenOf = ({ name, value, tagName }) => {
    const part = value.toLowerCase();
    return { name, fits: tagName === "SELECT" ? (row) => row[name].includes(value) : (row) => row[name].includes(part) };
  };

  // The rows that are chosen. Behind each choice of a list stands how many there would be with it
  // and all else as it is.
  const choose = () => {
    const choices = fields.filter((field) => field.value).map(chosenOf);
    const counts = new Map(lists.map(({ name }) => [name, new Map()]));
    const shown = rows.filter((row) => {
      const against = choices.filter((choice) => !choice.fits(row));
      if (against.length > 1) return false;
      for (const [name, found] of counts) {
        if (against.length && against[0].name !== name) continue;
        for (const value of row[name]) found.set(value, (found.get(value) ?? 0) + 1);
      }
      return !against.length;
    });
    for (const list of lists) {
      const found = counts.get(list.name);
      for (const option of list.options) {
        if (!option.value) continue;
        const number = found.get(option.value) ?? 0;
        option.textContent = `${option.dataset.name} (${number})`;
        option.hidden = !number && !option.selected;
      }
    }
    return new Set(shown);
  };

  const hide = (element, isHidden) => {
    if (element.hidden !== isHidden) element.hidden = isHidden; // asking is cheap, telling is not
  };

  const show = () => {
    const shown = choose();
    for (const group of groups) {
      let inside = 0;
      let at = 0;
      group.bodies.forEach((body, index) => {
        const mine = group.rows.slice(at, (at += group.sizes[index]));
        const count = mine.filter((each) => shown.has(each)).length;
        inside += count;
        hide(body, !count);
        // In a body that is hidden the rows are left as they are: most choices hide whole ones.
        if (count) for (const each of mine) hide(each.row, !shown.has(each));
      });
      hide(group.head, !inside);
      group.count.textContent = say[plural.select(inside)].replace("{number}", inside);
    }
    status.textContent = say.shown.replace("{shown}", shown.size).replace("{all}", rows.length);
    const told = fields.filter((field) => field.value);
    chosen.textContent = told
      .map((field) => field.selectedOptions?.[0].dataset.name ?? `«${field.value}»`)
      .join(" · ");
    all.hidden = !told.length;
  };

  // Sorting, inside each group: the groups themselves stay where they are.

  const numbers = (text) => (text.match(/\d+/g) ?? []).map(Number);
  const comparisons = {
    text: (one, other) => names.compare(one, other),
    number: (one, other) => {
      const [a, b] = [numbers(one), numbers(other)];
      return (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0);
    },
  };

  let order = "";
  const sort = (how) => {
    if (how === order) return;
    const head = heads.find((each) => each.dataset.name === how.replace("-", ""));
    order = head ? how : "";
    const sign = how.startsWith("-") ? -1 : 1;
    const at = heads.indexOf(head);
    const compare = head && comparisons[head.dataset.sort];
    for (const each of heads) each.removeAttribute("aria-sort");
    head?.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
    for (const group of groups) {
      group.rows.sort((a, b) => (head && sign * compare(a.cells[at], b.cells[at])) || a.place - b.place);
      let from = 0;
      group.bodies.forEach((body, index) => {
        const until = from + group.sizes[index];
        body.append(...group.rows.slice(from, until).map((each) => each.row));
        from = until;
      });
    }
  };

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      sort(order === head.dataset.name ? `-${head.dataset.name}` : head.dataset.name);
      show();
      status.textContent = say[head.getAttribute("aria-sort")].replace("{column}", button.textContent);
      keep();
    });
  }

  // The address.

  const keep = () => {
    const state = new URLSearchParams(fields.filter((each) => each.value).map((each) => [each.name, each.value]));
    if (order) state.set("sorter", order);
    try {
      history.replaceState(null, "", `#${state}`);
    } catch {
      // Too often for this browser: what is shown is right all the same.
    }
  };

  const read = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const field of fields) field.value = state.get(field.name) ?? "";
    for (const list of lists) if (list.selectedIndex < 0) list.value = "";
    sort(state.get("sorter") ?? "");
    show();
  };

  for (const list of lists) {
    for (const option of list.options) {
      option.dataset.name = option.textContent.trim();
      option.setAttribute("value", option.value);
    }
  }
  form.addEventListener("input", () => {
    show();
    keep();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    sort("");
    show();
    keep();
    fields[0].focus();
  }));
  window.addEventListener("hashchange", read);
  read();
})();
