// Search itself: folding, finding, marking. Knows the index and no page; loaded with the index.
// `numbered` is what paragraphs are called in the reader's language, so that "punkt 5.2" finds.
"use strict";

window.innspillFind = (index, numbered) => {
  const folds = new Map();
  for (const [text, characters] of Object.entries(index.folds)) {
    for (const character of characters) folds.set(character, text);
  }

  // One character at a time, so that what stands around it makes no difference.
  const foldOne = (character) => folds.get(character) ?? character.toLowerCase();
  const fold = (text) => text.replace(/[^\x00-\x7f]/gu, foldOne).toLowerCase();

  // A row's words count, and those of what it stands under, so that a committee's name or a
  // heading narrows a search; but one word at least must be the row's own.
  const called = fold(numbered).trim();
  const committees = index.pages.map((page) => page.committee);
  const rows = [];
  for (const page of index.pages) {
    const name = page.committee ? `${page.committee} ${page.title}` : page.title;
    const about = fold(name);
    // A committee that answered several times is told apart by its statements' titles.
    page.isOne = committees.filter((each) => each === page.committee).length === 1;
    const number = page.question ?? "";
    const part = { kind: page.question && "question" };
    rows.push({ page, part, place: "", number, words: name, own: about, around: "" });
    for (const part of page.parts) {
      const around = `${about} ${fold(part.title ?? "")} ${fold(part.by ?? "")}`;
      for (const [place, number, words] of part.rows) {
        rows.push({ page, part, place, number, words, own: fold(words), around });
      }
    }
  }

  // In folded text, where nearly all letters are a–z; undefined, beyond the ends, is none.
  const isLetter = (character) =>
    (character >= "a" && character <= "z") ||
    (character >= "0" && character <= "9") ||
    (character > "\x7f" && /[\p{L}\p{N}]/u.test(character));

  // A whole word counts more than the beginning of one, that more than what is inside one.
  const closeness = (text, word) => {
    let best = 0;
    for (let at = text.indexOf(word); at >= 0 && best < 3; at = text.indexOf(word, at + 1)) {
      const begins = !isLetter(text[at - 1]);
      const ends = !isLetter(text[at + word.length]);
      best = Math.max(best, begins && ends ? 3 : begins ? 2 : 1);
    }
    return best;
  };

  const rank = (row, words, typed) => {
    // Pages first, and the text itself before what was made from it.
    let sum = !row.part.rows ? 4 : ["summary", "proposals"].includes(row.part.kind) ? -1 : 0;
    for (const word of words) sum += row.number === word ? 8 : closeness(row.own, word);
    const written = row.words.toLowerCase();
    for (const word of typed) if (written.includes(word)) sum += 2;
    return sum;
  };

  // Quotation marks around a word are no part of it.
  const bare = (word) => word.replace(/^["«»“”„']+|["«»“”„']+$/gu, "");
  const split = (text) => text.split(/\s+/).map(bare).filter(Boolean);

  // All rows that have all words, the closest first, else in the order of the site.
  const find = (query) => {
    const words = [...new Set(split(fold(query)))];
    const typed = split(query.toLowerCase());
    if (!words.length) return [];
    const found = [];
    for (const row of rows) {
      let own = false;
      let all = true;
      for (const word of words) {
        if (row.own.includes(word) || row.number === word) own = true;
        else if (!row.around.includes(word) && !(row.number && word === called)) {
          all = false;
          break;
        }
      }
      if (own && all) found.push({ row, rank: rank(row, words, typed) });
    }
    return found.sort((one, other) => other.rank - one.rank).map((each) => each.row);
  };

  // Where the query's words stand in a text: [start, end] pairs in order, none overlapping.
  const hits = (text, query) => {
    let flat = "";
    const origin = [];
    let at = 0;
    for (const character of text) {
      const plain = character < "\x80" ? character.toLowerCase() : foldOne(character);
      for (let i = 0; i < plain.length; i++) origin.push([at, at + character.length]);
      flat += plain;
      at += character.length;
    }
    const spans = [];
    for (const word of new Set(split(fold(query)))) {
      for (let i = flat.indexOf(word); i >= 0; i = flat.indexOf(word, i + word.length)) {
        spans.push([origin[i][0], origin[i + word.length - 1][1]]);
      }
    }
    spans.sort((one, other) => one[0] - other[0]);
    const merged = [];
    for (const [start, end] of spans) {
      const last = merged.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end]);
    }
    return merged;
  };

  // A text in pieces, each a hit or not.
  const pieces = (text, query) => {
    const cut = [];
    let at = 0;
    for (const [start, end] of hits(text, query)) {
      if (start > at) cut.push({ text: text.slice(at, start), isHit: false });
      cut.push({ text: text.slice(start, end), isHit: true });
      at = end;
    }
    if (at < text.length) cut.push({ text: text.slice(at), isHit: false });
    return cut;
  };

  // What is shown of a long text: whole words around the first hit.
  const excerpt = (text, query, before = 60, length = 200) => {
    if (text.length <= length) return text;
    const first = hits(text, query)[0]?.[0] ?? 0;
    let start = Math.max(0, Math.min(first - before, text.length - length));
    if (start > 0) {
      const space = text.indexOf(" ", start);
      start = space >= 0 && space < first ? space + 1 : first;
    }
    let end = Math.min(text.length, start + length);
    if (end < text.length) {
      const space = text.lastIndexOf(" ", end);
      if (space > first) end = space;
    }
    return (start > 0 ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
  };

  return { fold, find, pieces, excerpt };
};
