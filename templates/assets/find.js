// Search itself: folding, finding, marking. Knows the index and no page; loaded with the index.
// `numbered` is what paragraphs are called in the reader's language, and `asked`, what questions
// are, so that "punkt 5.2" finds, and "spørsmål 5".
"use strict";

window.innspillFind = (index, numbered, asked) => {
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
  const called = { question: fold(asked).trim(), paragraph: fold(numbered).trim() };
  const nameOf = (row) => (row.part.kind === "question" ? called.question : called.paragraph);
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

  // Two letters are in nearly all words: of so few, only those that a word begins with are meant.
  const plainTerm = (word) => {
    const isShort = word.length < 3;
    const before = isShort ? "(?<![a-z0-9])" : "";
    return { word, isShort, pattern: new RegExp(before + escape(word) + forms(word), "g") };
  };

  // The query's words, each with what finds it: kept for the query that is shown.
  let shown = { query: "", terms: [], near: [] };
  const terms = (asked) => {
    const query = asked.trim();
    if (shown.query !== query) {
      const words = [...new Set(split(simple(fold(query))))];
      shown = { query, terms: words.map(plainTerm), near: [] };
    }
    return shown.terms;
  };

  // A slip of the finger: a letter too many, too few, another or two that changed places.
  const isSlip = (one, other) => {
    let at = 0;
    while (at < one.length && one[at] === other[at]) at++;
    const [a, b] = [one.slice(at), other.slice(at)];
    if (a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)) return true;
    return a.slice(0, 2) === [...b.slice(0, 2)].reverse().join("") && a.slice(2) === b.slice(2);
  };

  // The beginning of a word in the texts that is nearest to a word, and that whole word.
  let vocabulary = null;
  const likeIt = (word) => {
    vocabulary ??= new Map(
      rows.flatMap((row) => row.words.split(/[^\p{L}\p{N}]+/u)).map((each) => [fold(each), each.toLowerCase()]),
    );
    let [nearest, least] = [null, Infinity];
    for (const [known, written] of vocabulary) {
      for (const length of [word.length, word.length + 1, word.length - 1]) {
        const begin = known.slice(0, length);
        if (begin.length < length || !isSlip(word, begin)) continue;
        // A whole word is meant rather than a word's beginning, and one as long rather than another.
        const far = Math.abs(length - word.length) + (vocabulary.has(begin) ? 0 : 2);
        if (far < least) [nearest, least] = [{ begin, written: vocabulary.get(begin) ?? written }, far];
      }
    }
    return nearest;
  };

  // Where nothing has all words: those that no text has, as they are written there. A number is none.
  const withoutSlips = () => {
    const typed = split(shown.query);
    shown.terms = shown.terms.map((term) => {
      if (term.word.length < 5 || /\d/.test(term.word) || rows.some((row) => isIn(term, row.own) || isIn(term, row.around))) return term;
      const like = likeIt(term.word);
      if (!like) return term;
      const word = typed.find((each) => simple(fold(each)) === term.word) ?? term.word;
      shown.near.push([word, like.written]);
      return plainTerm(like.begin);
    });
    return shown.near.length > 0;
  };

  const isIn = (term, text) => {
    if (!term.isShort && text.includes(term.word)) return true; // nearly always enough
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
    if (!terms(query).length) return [];
    const found = withAll(terms(query), query);
    return found.length || !withoutSlips() ? found : withAll(terms(query), query);
  };

  const withAll = (words, query) => {
    const typed = split(query.toLowerCase());
    const found = [];
    for (const row of rows) {
      let own = false;
      let all = true;
      for (const term of words) {
        if (isIn(term, row.own) || row.number === term.word) own = true;
        else if (!isIn(term, row.around) && !(row.number && term.word === nameOf(row))) {
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

  // What was shown instead of words that no text has: the word, and what is most like it.
  const near = (query) => (shown.query === query.trim() ? shown.near : []);

  return { fold, find, near, grouped, pieces, excerpt };
};
