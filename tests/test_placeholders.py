"""What `innspill new` wrote for the writer to replace is told, and never published unseen."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from repositories import begun
from sites import (
    ANSWERS,
    CASE,
    CONTENT,
    EXAMPLE,
    HEAD,
    ROOT,
    codes,
    faults,
    innspill,
    statement,
    write,
)

from innspill.check.placeholders import MOST
from innspill.messages import catalogue
from innspill.read.example import (
    COMMITTEE,
    MARKED,
    MISSING_ALTERNATIVE,
    placeholders,
    without_marks,
)

NEW = ROOT / "templates" / "new"
OWN = "Vårt eget"


def told(folder: Path, *options: str, code: int = 0) -> list[tuple[str, str, int]]:
    ran = innspill("check", "--format", "json", *options, cwd=folder, code=code)
    found = [each for each in json.loads(ran.stdout) if each["code"] == "placeholder"]
    return [(each["severity"], each["path"], each["line"]) for each in found]


def template(name: str) -> str:
    """A template of the example, with its parts in their places."""
    text = (NEW / name).read_text(encoding="utf-8")
    for part in ("examples", "answers"):
        text = text.replace(f"${part}", (NEW / f"{part}.md").read_text("utf-8").rstrip("\n"))
    return text


def test_what_is_begun_is_told_line_by_line(tmp_path: Path) -> None:
    innspill("new", "hoering-2026", cwd=tmp_path)
    found = told(tmp_path)
    assert {severity for severity, _, _ in found} == {"warning"}
    expected = {
        (f"content/{path}", number)
        for path, name in (
            ("index.md", "site.md"),
            ("om/tilgjengelighet.md", "page.md"),
            ("hoering-2026/index.md", "consultation.md"),
            ("hoering-2026/eksempel.md", "statement.md"),
        )
        for number, line in enumerate(template(name).split("\n"), 1)
        if ("⟦" in line or "$committee" in line) and not line.lstrip().startswith("#")
    }
    assert {(path, line) for _, path, line in found} == expected
    assert len(expected) > 20
    assert {severity for severity, _, _ in told(tmp_path, "--strict", code=1)} == {"error"}


def test_nothing_of_the_example_reaches_readers(tmp_path: Path) -> None:
    innspill("new", "hoering-2026", "--committee", "Øvre Ås bydelsutvalg", cwd=tmp_path)
    innspill("build", "--no-pdf", cwd=tmp_path)
    ran = innspill("build", "--no-pdf", "--output", "ut", cwd=tmp_path, code=1)
    assert "content/om/tilgjengelighet.md:27:44: error[placeholder]" in ran.stderr
    assert "content/hoering-2026/ovre.md:3:8: warning[placeholder]" in ran.stderr
    assert not (tmp_path / "ut").exists()
    given = ("--output", "ut", "--drafts")
    assert {severity for severity, _, _ in told(tmp_path, *given, code=1)} == {"error"}


def test_who_replaces_all_that_is_told_is_told_nothing_more(tmp_path: Path) -> None:
    innspill("new", "hoering-2026", cwd=tmp_path)
    for path in (tmp_path / "content").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        for each in placeholders():
            text = text.replace(each, OWN)
        path.write_text(text, encoding="utf-8")
        seen = re.sub(r"^\s*#.*", "", text, flags=re.MULTILINE)
        assert not re.search(r"skriv (?!ut |e-post)|\(eksempel\)", seen, re.IGNORECASE), path
    assert told(tmp_path, code=1) == []  # the summary's quotes are no more in the text


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_picture_without_words_is_not_published(tmp_path: Path, language: str) -> None:
    missing = MISSING_ALTERNATIVE.within(catalogue(language))
    body = f"\n![{missing}](a.svg)\n\n{missing} i eksempelet.\n"
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    write(tmp_path, {**statement(body), "sak/a.svg": picture})
    ((severity, path, line),) = told(tmp_path)
    text = (tmp_path / path).read_text(encoding="utf-8").split("\n")
    assert (severity, text[line - 1]) == ("warning", f"![{missing}](a.svg)")
    given = ("--output", "ut", "--drafts")
    assert {severity for severity, _, _ in told(tmp_path, *given, code=1)} == {"error"}


def test_each_template_marks_what_is_to_be_written_over() -> None:
    for path in NEW.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        bare = MARKED.sub("", re.sub(r"^#.*", "", text, flags=re.MULTILINE))
        assert not re.search(r"\(?\b[Ss]kriv (?!ut )|\([Ee]ksempel", bare), path
        assert text.count("⟦") == text.count("⟧") == len(MARKED.findall(text))
    assert "⟦" not in without_marks(COMMITTEE)


def test_what_is_uncommented_unchanged_is_told(tmp_path: Path) -> None:
    innspill("new", "sak", cwd=tmp_path)
    for name in ("index.md", "sak/eksempel.md"):
        path = tmp_path / "content" / name
        text = path.read_text(encoding="utf-8")
        text = text.replace("# contact:", "contact:").replace("# case_officer:", "case_officer:")
        path.write_text(text, encoding="utf-8")
    found = {(path, line) for _, path, line in told(tmp_path)}
    index = (tmp_path / "content/index.md").read_text(encoding="utf-8").split("\n")
    line = next(number for number, text in enumerate(index, 1) if text.startswith("contact"))
    assert ("content/index.md", line) in found


def test_what_is_replaced_by_half_is_told(tmp_path: Path) -> None:
    innspill("new", "sak", cwd=tmp_path)
    before = told(tmp_path)
    for path in (tmp_path / "content").rglob("*.md"):
        if path.parent.name != "om":
            text = re.sub(r" \([sS]kriv [^()\n]*\)", "", path.read_text(encoding="utf-8"))
            path.write_text(text, encoding="utf-8")
    assert told(tmp_path) == before


def test_no_fact_of_the_example_is_published_unseen(tmp_path: Path) -> None:
    innspill("new", "sak", cwd=tmp_path)
    facts = r"adopted|dated|vote|  for|  against|our_reference|your_reference|letter_dated|deadline"
    uncommented = set()
    for name in ("index.md", "eksempel.md"):
        path = tmp_path / "content/sak" / name
        text = path.read_text(encoding="utf-8")
        text = re.sub(rf"^# ((?:{facts}|case_number):)", r"\1", text, flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")
        uncommented |= {
            (f"content/sak/{name}", number)
            for number, line in enumerate(text.split("\n"), 1)
            if re.match(rf"(?:{facts.replace('vote|', '')}|case_number):", line)
        }
    assert len(uncommented) == 9
    ran = innspill("check", "--format", "json", cwd=tmp_path, code=1)
    lines = {(each["path"], each["line"]) for each in json.loads(ran.stdout)}
    assert uncommented <= lines


@pytest.mark.parametrize(
    "text",
    [
        "(skriv navnet\n på  saken her)",
        "Her står (skriv brevets overskrift her) midt i en setning.",
        "> (Skriv spørsmålet her, slik det står i brevet.)",
        "- Meld fra til oss (skriv e-postadressen\n  eller telefonnummeret her).",
    ],
)
def test_however_it_is_wrapped(tmp_path: Path, text: str) -> None:
    files = {**EXAMPLE, "side.md": f"---\ntitle: Side\n---\n\n{text}\n"}
    assert codes(tmp_path, files) == ["placeholder:5"]


def test_front_matter_in_any_form(tmp_path: Path) -> None:
    head = HEAD.replace("title: Eksempel på uttalelse", "title: >-\n  Noe\n  (skriv brevets\n  {}")
    for end in ("overskrift her)", "overskrift her) og mer"):
        files = {**EXAMPLE, "sak/eksempel.md": head.format(end) + ANSWERS}
        assert codes(tmp_path, files) == ["placeholder:4"]
    commented = HEAD.replace("status:", "# (skriv brevets overskrift her)\nstatus:")
    assert codes(tmp_path, {**EXAMPLE, "sak/eksempel.md": commented + ANSWERS}) == []


@pytest.mark.parametrize(
    "text",
    [
        "Bydelen (skriv gjerne til oss) svarer alle.",
        "(Skriv her det dere vil ha med i svaret.)",
        "(Se vedlegg 1.) (skriv) (Eksempel) (skriv navnet på saken)",
        "Utvalget er tilfreds med at bydelene blir spurt. Åpningstiden bør utvides.",
        "Eksempel bydelsutvalg har ikke flere merknader (enstemmig).",
        "Hva bør endres? Hvordan virker tilbudet i dag?",
        "Eksempel på en uttalelse: Alna. Eksempel på en høring: skole. Utvalg 26/1234, 2026-02-12.",
        "Kommunen ba om at innbyggerne skriver navnet på saken her og der.",
    ],
)
def test_a_writers_own_words_are_none(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, {**EXAMPLE, "sak/eksempel.md": HEAD + f"\n{text}\n" + ANSWERS}) == []


def test_the_real_letter_has_none(tmp_path: Path) -> None:
    files = {
        path.relative_to(CONTENT).as_posix(): path.read_bytes()
        for path in CONTENT.rglob("*")
        if path.is_file()
    }
    assert "placeholder" not in {each.code for each in faults(tmp_path, files)}


def test_many_are_told_together(tmp_path: Path) -> None:
    text = "".join("\nDette er en eksempeltekst.\n" for _ in range(30_000))
    files = {**EXAMPLE, "side.md": f"---\ntitle: Side\n---\n{text}"}
    found = faults(tmp_path, files)
    assert [each.code for each in found] == ["placeholder"] * (MOST + 1)
    assert str(30_000 - MOST) in str(found[-1].message)


def test_those_of_a_published_version_stop_nothing(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    (tmp_path / ".gitignore").write_text("ut/\n.innspill/\n", encoding="utf-8")
    repo.commit({**EXAMPLE, "sak/eksempel.md": f"{HEAD}{ANSWERS}\nDette er en eksempeltekst.\n"})
    repo.tag("sak/eksempel/2024-03-21-vedtatt")
    repo.commit({"sak/index.md": CASE, "sak/eksempel.md": HEAD + ANSWERS})
    ran = innspill("build", "--no-pdf", "--output", "ut", cwd=write(tmp_path, {}))
    assert "warning[placeholder]" in ran.stderr
