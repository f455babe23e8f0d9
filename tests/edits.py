"""Random edits of a small site, with earlier versions in git: what a secretary may do to it.

What was edited is committed now and then, and tagged: a draft to compare with, or a version.
"""

from __future__ import annotations

from pathlib import Path

from everything import picture
from hypothesis import strategies as st
from repositories import Repo, begun, git
from sites import ANSWERS, CASE, EXAMPLE, HEAD, INDEX, statement, write

SUMMARY = """\
summary:
  - about: en
    point: Et punkt.
    quote: svaret på det ene
"""
HEAD_OF_ALL = HEAD.removesuffix("---\n")
ATTACHED = "attachments:\n  - file: ../fil.txt\n    title: Filen\n"
IMAGE = "\n![bilde](bilde.png)\n"
LINKS = "\nSe [punktet](eksempel.md#p1-1), [saken](index.md#data) og [filen](../fil.txt).\n"
TEXTS = {
    "index.md": (
        INDEX,
        INDEX.replace("publisher:", "lang: nn\nhide_case_officer: true\npublisher:"),
        INDEX + "\n[ut](sak/eksempel.md#p1-1) [dit](side.md#h1)\n",
        INDEX.replace("publisher:", "prints: [large]\nmay_be_published: [22334455]\npublisher:"),
    ),
    "sak/index.md": (
        CASE,
        CASE.replace("id: to", "id: tre"),
        CASE.replace("questions:", f"lang: en\n{ATTACHED}questions:"),
        CASE.replace("text: Hva er det ene?", "text:"),
        CASE.replace("questions:", "agenda: [andre, eksempel]\nprints: [booklet]\nquestions:"),
        HEAD.replace("committee", "publisher"),
    ),
    "sak/eksempel.md": (
        HEAD + ANSWERS,
        HEAD + "\nInnledning.\n" + ANSWERS + LINKS,
        HEAD_OF_ALL + SUMMARY + "---\n" + ANSWERS,
        HEAD_OF_ALL + "case_officer: Navn\naliases: [gammel/]\n---\n" + ANSWERS + IMAGE,
        HEAD + ANSWERS + "\nTelefon 22 33 44 55.\n",
        HEAD_OF_ALL + "compare_with: utkast\n---\n" + ANSWERS + LINKS,
        HEAD_OF_ALL + "attach_source: true\ncase_officer: Navn\nprints: []\n---\n" + ANSWERS,
        HEAD.replace("title:", "titel:") + ANSWERS,
        "",
    ),
    "sak/andre.md": (
        HEAD.replace("Eksempel bydel", "Annet bydel") + LINKS + ANSWERS,
        HEAD_OF_ALL + ATTACHED + "---\n" + ANSWERS,
        HEAD_OF_ALL + "compare_with: utkast\nhide_case_officer: true\n---\n" + ANSWERS,
        HEAD + ANSWERS,
    ),
    "side.md": (
        "---\ntitle: Side\n---\n\n## Overskrift\n\n[x](sak/eksempel.md#p2-1) [y](sak/andre.md)\n",
        "---\ntitle: Side\nlang: en\n---\n\n[x](sak/eksempel.md#p0-1) \u4e2d\n",
        "---\ntitle: Side\naliases: [gammel/]\n---\n",
    ),
    "fil.txt": ("en", "to to"),
    "sak/bilde.png": (picture("PNG"), picture("PNG")[:-40], b"\x89PNG", b"intet bilde"),
}
NAMES = sorted(TEXTS)
DRAFTS = ("første", "andre")
"""The earlier versions that a tag may stand for."""
VERSIONS = ("sak/eksempel/2024-03-21-vedtatt", "sak/andre/2024-03-07-utkast")
"""The tags of versions that are to be published."""
DAYS = ("2024-03-21", "2024-04-11")
STEP = st.one_of(
    st.sampled_from(NAMES).flatmap(
        lambda name: st.tuples(st.just("write"), st.just(name), st.sampled_from(TEXTS[name]))
    ),
    st.tuples(st.just("delete"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("tag"), st.just("utkast"), st.sampled_from(DRAFTS)),
    st.tuples(st.just("tag"), st.sampled_from(VERSIONS), st.just("HEAD")),
    st.tuples(st.just("commit"), st.just("Endring"), st.sampled_from(DAYS)),
)


def drafts_in(root: Path) -> Repo:
    """The example site with two earlier versions, the first of them the tagged draft."""
    made = begun(root)
    (root / ".gitignore").write_text("build/\n", encoding="utf-8")
    named = {"sak/andre.md": HEAD_OF_ALL + "case_officer: Navn\n---\n" + ANSWERS}
    made.commit({**EXAMPLE, **named})
    made.tag("utkast")
    made.tag(DRAFTS[0])
    made.commit(statement("\nInnledning.\n" + ANSWERS))
    made.tag(DRAFTS[1])
    return made


def do(content: Path, step: tuple[str, str, str | bytes]) -> None:
    kind, name, what = step
    path = content / name
    if kind == "write":
        write(content.parent, {name: what})
    elif kind == "delete":
        path.unlink(missing_ok=True)
    elif kind == "tag":
        git(content.parent, "tag", "--force", name, str(what))
    elif kind == "commit":
        Repo(content.parent).commit({}, name, str(what))
    elif path.exists():
        path.replace(content / str(what))
