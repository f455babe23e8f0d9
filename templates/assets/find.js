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

  // What is written apart in some texts and together in others counts as together: "12 000" as
  // "12000", "e-post" as "epost".
  const APART = /(?<!\d)\d{1,3}(?: \d{3})+(?!\d)|(?<=[a-z])-(?=[a-z])/g;
  const simple = (text) => text.replace(APART, (found) => found.replace(/[ -]/g, ""));
  const kept = (text) => {
    const left = new Array(text.length).fill(true);
    for (const found of text.matchAll(APART)) {
      for (let at = found.index; at < found.index + found[0].length; at++) {
        if (text[at] === " " || text[at] === "-") left[at] = false;
      }
    }
    return left;
  };

  // A row's words count, and those of what it stands under, so that a committee's name or a
  // heading narrows a search; but one word at least must be the row's own.
  const called = fold(numbered).trim();
  const committees = index.pages.map((page) => page.committee);
  const rows = [];
  for (const page of index.pages) {
    // A committee that answered several times is told apart by its statements' titles.
    page.isOne = committees.filter((each) => each === page.committee).length === 1;
    const name = page.committee ? `${page.committee} ${page.title}` : page.title;
    const about = simple(fold(name));
    const number = page.question ?? "";
    const part = { kind: page.question && "question" };
    rows.push({ page, part, place: "", number, words: name, own: about, around: "" });
    for (const part of page.parts) {
      const around = `${about} ${simple(fold(part.title ?? ""))} ${simple(fold(part.by ?? ""))}`;
      for (const [place, number, words] of part.rows) {
        rows.push({ page, part, place, number, words, own: simple(fold(words)), around });
      }
    }
  }

  // In folded text, where nearly all letters are a–z; undefined, beyond the ends, is none.
  const isLetter = (character) =>
    (character >= "a" && character <= "z") ||
    (character >= "0" && character <= "9") ||
    (character > "\x7f" && /[\p{L}\p{N}]/u.test(character));

  // The other forms of a word, as "skolene" is one of "skolen". The endings, and where they may
  // begin (R1), are the first step of Snowball's Norwegian stemmer, in folded letters: what is left
  // finds a word that ends in any of them, or that goes on as a compound does ("skolevei").
  const ENDINGS =
    "hetenes|hetene|hetens|heten|heter|endes|ande|ende|edes|enes|erte|ene|ane|ede|ens|ers|ets|ast|het|en|ar|er|as|es|et|a|e|s";
  const ENDING = new RegExp(`(?:${ENDINGS})$`);
  const stem = (word) => {
    const region = word.match(/[aeiouy][^aeiouy]/);
    const ending = word.match(ENDING);
    if (!region || !ending || /[^a-z]/.test(word)) return "";
    if (ending.index < Math.max(3, region.index + 2)) return "";
    if (ending[0] === "s" && !/(?:[bcdfghjlmnoprtvyz]|[^aeiouy]k)s$/.test(word)) return "";
    return word.slice(0, ending.index);
  };

  const escape = (text) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
  const BEHIND = "(?![a-z0-9])";
  const forms = (word) => {
    const root = stem(word).replace(/mm$/, "m"); // "programmet" is one of "program"
    if (!root) return "";
    const before = root.length < 4 ? "(?<![a-z0-9])" : ""; // "saken" is not in "årsaker"
    return `(?:(?:${ENDINGS})${BEHIND})?|${before}${root}m?(?:(?:${ENDINGS})?${BEHIND}|[aes](?=[a-z]))`;
  };

  // The query's words, each with what finds it.
  const terms = (query) =>
    [...new Set(split(simple(fold(query))))].map((word) => ({
      word,
      pattern: new RegExp(escape(word) + forms(word), "g"),
    }));

  const isIn = (term, text) => {
    if (text.includes(term.word)) return true; // nearly always enough
    term.pattern.lastIndex = 0;
    return term.pattern.test(text);
  };

  // The word itself counts more than a form of it, that more than the beginning of another word,
  // and that more than what is inside one.
  const closeness = (text, term) => {
    let best = 0;
    for (const found of text.matchAll(term.pattern)) {
      const begins = !isLetter(text[found.index - 1]);
      const ends = !isLetter(text[found.index + found[0].length]);
      const isWhole = begins && ends;
      best = Math.max(best, isWhole && found[0] === term.word ? 4 : isWhole ? 3 : begins ? 2 : 1);
      if (best === 4) break;
    }
    return best;
  };

  // Titles before headings, those before proposals and main points, and those before the text.
  const WEIGHTS = { proposals: 6, summary: 5, question: 4, notes: -1, facts: -1, attachments: -1 };
  const weight = (row) => {
    if (!row.part.rows) return 12;
    if (row.part.title === row.words) return 8;
    return WEIGHTS[row.part.kind] ?? 0;
  };

  const rank = (row, words, typed) => {
    const near = words.map((term) => (row.number === term.word ? 8 : closeness(row.own, term)));
    const written = row.words.toLowerCase();
    const isWritten = typed.filter((word) => written.includes(word)).length;
    const mean = near.reduce((one, other) => one + other, 0) / words.length;
    // The title of a page counts as much as it has the words themselves.
    const share = row.part.rows ? 1 : Math.min(1, mean / 4);
    return weight(row) * share + 3 * mean + (2 * isWritten) / words.length;
  };

  // Quotation marks and hyphens around a word are no part of it.
  const bare = (word) => word.replace(/^["«»“”„'-]+|["«»“”„'-]+$/gu, "");
  const split = (text) => text.split(/\s+/).map(bare).filter(Boolean);

  // Two proposals of one name differ in where they go, which a hit does not show: one is enough.
  const once = (found) => {
    const seen = new Map();
    return found.filter(({ page, part, words }) => {
      if (!["summary", "proposals"].includes(part.kind)) return true;
      if (!seen.has(page)) seen.set(page, new Set());
      return !seen.get(page).has(words) && seen.get(page).add(words);
    });
  };

  // All rows that have all words, the closest first, else in the order of the site.
  const find = (query) => {
    const words = terms(query);
    const typed = split(query.toLowerCase());
    if (!words.length) return [];
    const found = [];
    for (const row of rows) {
      let own = false;
      let all = true;
      for (const term of words) {
        if (isIn(term, row.own) || row.number === term.word) own = true;
        else if (!isIn(term, row.around) && !(row.number && term.word === called)) {
          all = false;
          break;
        }
      }
      if (own && all) found.push({ row, rank: rank(row, words, typed) });
    }
    found.sort((one, other) => other.rank - one.rank);
    return once(found.map((each) => each.row));
  };

  // Found rows by page, so that fifteen committees that say the same take one place each; in a
  // page by part, as a question is. The best comes first in all of it.
  const grouped = (found) => {
    const pages = new Map();
    for (const row of found) {
      if (!pages.has(row.page)) pages.set(row.page, new Map());
      const parts = pages.get(row.page);
      if (!parts.has(row.part)) parts.set(row.part, []);
      parts.get(row.part).push(row);
    }
    return [...pages].map(([page, parts]) => ({ page, rows: [...parts.values()].flat() }));
  };

  // Where the query's words stand in a text: [start, end] pairs in order, none overlapping.
  const hits = (text, query) => {
    let flat = "";
    let origin = [];
    let at = 0;
    for (const character of text) {
      const plain = character < "\x80" ? character.toLowerCase() : foldOne(character);
      for (let i = 0; i < plain.length; i++) origin.push([at, at + character.length]);
      flat += plain;
      at += character.length;
    }
    const left = kept(flat);
    origin = origin.filter((_, index) => left[index]);
    flat = [...flat].filter((_, index) => left[index]).join("");
    const spans = [];
    for (const { pattern } of terms(query)) {
      for (const found of flat.matchAll(pattern)) {
        spans.push([origin[found.index][0], origin[found.index + found[0].length - 1][1]]);
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

  return { fold, find, grouped, pieces, excerpt };
};
