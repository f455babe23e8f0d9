"""`innspill fmt`: one sentence on a line, keys in order, and nothing that a reader sees changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from redlining import composed_site, told_of
from sites import CONTENT, EXAMPLE, HEAD, innspill, load, statement, write
from test_redline import NOTES, block

from innspill.compare.redline import compare
from innspill.diagnostics import Severity
from innspill.fmt.keys import in_order
from innspill.fmt.sentences import one_a_line
from innspill.fmt.source import formatted, said
from innspill.read.convert import schema_fields
from innspill.read.schema import StatementFront
from innspill.read.source import Source, parse_source

CASES = [
    ("Det ene. Det andre.", "Det ene.\nDet andre."),
    ("En setning\nover to linjer. Og en til.", "En setning over to linjer.\nOg en til."),
    ("Spør! Hvorfor? Fordi … Nei.", "Spør!\nHvorfor?\nFordi …\nNei."),
    ("Han sa «nei.» Så gikk han.", "Han sa «nei.»\nSå gikk han."),
    ("Bydeler, f.eks. Alna, jf. Oslo.", "Bydeler, f.eks. Alna, jf. Oslo."),
    ("Møtet 21. Mars. I 2024. Bydelen.", "Møtet 21. Mars.\nI 2024.\nBydelen."),
    ("A. Hansen sa det. 5. mai.", "A. Hansen sa det. 5. mai."),
    ("Et brev.  \nTo linjer. Tre.", "Et brev.  \nTo linjer.\nTre."),
    ("Et brev.\\\nTo linjer.", "Et brev.\\\nTo linjer."),
    ("- Et. To.\n  Tre.\n\n  Fire. Fem.", "- Et.\n  To.\n  Tre.\n\n  Fire.\n  Fem."),
    ("1. Et. To.\n   - A. B c. Dette.", "1. Et.\n   To.\n   - A. B c.\n     Dette."),
    ("- Et\nlatt punkt.", "- Et latt punkt."),
    ("Kode `a. B` og [x](y.md 'A. B').", "Kode `a. B` og [x](y.md 'A. B')."),
    ("**Fet. Skrift.** Og [en. Lenke](y.md).", "**Fet.\nSkrift.**\nOg [en.\nLenke](y.md)."),
    ("# En. To.\n\n> En. To.\n\n| A. B |\n|---|\n| C. D |", None),
    ("```\nEn. To.\n```\n\n    En. To.\n\n---", None),
    ("::: mindretall {by=AB}\nEn. To.\n:::\n\nJa.[^1]\n\n[^1]: En. To.", None),
    ("Et\ttabulert. Avsnitt.", None),
]


@pytest.mark.parametrize(("before", "after"), CASES)
def test_sentences(before: str, after: str | None) -> None:
    assert one_a_line(before) == (before if after is None else after)


FRONT = """\
# Om denne filen

# Hvem
committee: Eksempel bydelsutvalg
status: adopted
proposals: []
# Hva
title: >
  En tittel
  # med ruter
vote:
  result: unanimous
"""


def parsed(front: str, body: str = "\nEt svar.\n") -> Source:
    data = f"---\n{front}---\n{body}".encode()
    return parse_source("sak/eksempel.md", "content/sak/eksempel.md", data, StatementFront)


def test_keys_take_their_comments_along() -> None:
    source = parsed(FRONT)
    found = in_order(FRONT, source.matter, list(schema_fields(StatementFront)), 2)
    assert found == (
        "# Om denne filen\n\n# Hva\ntitle: >\n  En tittel\n  # med ruter\n"
        "# Hvem\ncommittee: Eksempel bydelsutvalg\nstatus: adopted\n"
        "vote:\n  result: unanimous\nproposals: []\n"
    )


def test_keys_that_share_a_line_are_left() -> None:
    front = "{status: draft, title: En, committee: To}\n"
    assert formatted(parsed(front)).startswith(f"---\n{front}---\n")


VALUED = (
    ("status: Vedtatt", "status: adopted"),
    ("adopted: 1.2.2024  # møtet", "adopted: 2024-02-01  # møtet"),
    ("dated: '12. februar 2024'", "dated: 2024-02-12"),
    ('minutes: "kommer"', "minutes: to_follow"),
    ("vote: {result: enstemmig, parties: Ja}", "vote: {result: unanimous, parties: Ja}"),
    ("vote: enstemmig", "vote:\n  result: unanimous"),
    ('vote: "Flertall"  # møtet', "vote:\n  result: majority  # møtet"),
    ("vote: 9 mot 6", "vote:\n  result: majority\n  for: 9\n  against: 6"),
    ("vote: flertall\ndated: 1.2.2024", "vote:\n  result: majority\ndated: 2024-02-01"),
    ("vote: med 11 mot 0 stemmer", "vote:\n  result: unanimous\n  for: 11"),
    ("prints: [hefte, stor skrift]", "prints: [booklet, large]"),
    ("prints: hefte", "prints: booklet"),
    ("attach_source: nei", "attach_source: false"),
    ("lang: nynorsk", "lang: nn"),
    ("our_reference: Vedtatt", "our_reference: Vedtatt"),
    ("status: adopted", "status: adopted"),
)  # fmt: skip
"""What may be written in several ways, and its settled form."""


@pytest.mark.parametrize(("before", "after"), VALUED)
def test_values_get_their_settled_form(before: str, after: str) -> None:
    rest = "" if before.startswith("status") else "status: adopted\n"
    front = f"title: Eksempel\ncommittee: Utkast\n{rest}"
    source = parsed(f"{front}{before}\n")
    assert source.faults == ()
    again = formatted(source)
    assert again == f"---\n{front}{after}\n---\n\nEt svar.\n"
    assert parse_source("a.md", "a.md", again.encode(), StatementFront).front == source.front


lines = st.permutations(
    [
        "title: Eksempel",
        "# til komiteen\ncommittee: Eksempel bydelsutvalg",
        "status: adopted",
        "adopted: 2024-03-21\n",
        'recipient: "En: to # tre"',
        "vote:\n  # som protokollen\n  result: majority\n  for: 8\n  against: 7",
    ]
)


@given(lines, st.lists(block, max_size=5), st.sampled_from([" ", "\n", "  \n", "  "]))
@settings(max_examples=60, deadline=None)
def test_nothing_changes_that_a_reader_sees(front: list[str], some: list[str], gap: str) -> None:
    body = "\n\n".join(each.replace(". b", f".{gap}B") for each in some)
    source = parsed("\n".join(front) + "\n", f"\n## Svar {{#en}}\n\n{body}{NOTES}")
    text = formatted(source)
    again = parse_source(source.path, source.shown, text.encode(), StatementFront)
    assert formatted(again) == text
    assert again.front == source.front
    assert [said(each) for each in again.body.blocks] == [said(each) for each in source.body.blocks]
    sites = [composed_site({**EXAMPLE, "sak/eksempel.md": each}) for each in (source.text, text)]
    [before], [after] = (site.statements for site in sites)
    assert told_of(before) == told_of(after)
    assert compare(before, after).is_empty


ODD_SPACES = "\u00a0\u202f\u2009\u3000\u0085\u2028\u2029\u1680\x0b\x0c\x1c\u200b\u00ad"
piece = st.sampled_from(
    [
        "Et. To.",
        "a. B",
        "ord",
        "- ",
        "1. ",
        "> ",
        "*",
        "`a. B`",
        "\\",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        *ODD_SPACES,
    ]
)


@given(st.lists(piece, max_size=12).map("".join))
@example("Et avsnitt. To.\u00a0 ")
@example("\u00a0Et. To.\u00a0")
@example("- \u00a0Et. To.\u2009 ")
@example("\u00a0\nEt. To.")
@example("Et. To.\x0c")
@example("Et. To.\u2028")
@settings(max_examples=400, deadline=None)
def test_odd_spaces_stay_and_a_second_time_changes_nothing(body: str) -> None:
    source = parsed(FRONT, body)
    text = formatted(source)
    again = parse_source(source.path, source.shown, text.encode(), StatementFront)
    assert formatted(again) == text
    assert said_by(again) == said_by(source)
    odd = [each for each in text if each in ODD_SPACES]
    assert odd == [each for each in source.text if each in ODD_SPACES]


def said_by(source: Source) -> list[object]:
    return [said(each) for each in (*source.body.blocks, *source.body.notes)]


@given(st.lists(piece, max_size=6).map("".join), st.lists(piece, max_size=6).map("".join))
@example("\u2028", "a")
@settings(max_examples=200, deadline=None)
def test_odd_spaces_in_front_matter(title: str, committee: str) -> None:
    front = f"status: draft\ncommittee: {committee}\ntitle: |\n  {title}\n# Til slutt\n"
    source = parsed(front)
    if source.is_unread or any(each.severity is Severity.ERROR for each in source.faults):
        return
    text = formatted(source)
    again = parse_source(source.path, source.shown, text.encode(), StatementFront)
    assert again.front == source.front
    assert formatted(again) == text


@pytest.mark.parametrize(
    ("lang", "committee"),
    [
        ("nb", "Alna bydelsutvalg"),
        ("nn", 'Utvalget "Nord" i Å. Berg. Sør'),
        ("en", "St. Hanshaugen. Bydelsutvalg: #1"),
        ("nb", "Kárášjoga gielda — A\\B"),
    ],
)
def test_what_new_writes_is_settled(lang: str, committee: str, tmp_path: Path) -> None:
    innspill("new", "sak", "--committee", committee, cwd=tmp_path, LANGUAGE=lang)
    ran = innspill("fmt", "--check", cwd=tmp_path, LANGUAGE=lang)
    assert "would format" not in ran.stdout


def test_the_real_content_stays_what_it_says(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    before = load(tmp_path)[1]
    innspill("fmt", cwd=tmp_path)
    after = load(tmp_path)[1]
    for old, new in zip(before.statements, after.statements, strict=True):
        assert compare(old, new).is_empty
        assert [each.text for each in old.quotes] == [each.text for each in new.quotes]
    assert "files that would change: 0," in innspill("fmt", "--check", cwd=tmp_path).stdout


def test_check_writes_nothing_and_says_what_it_would(tmp_path: Path) -> None:
    write(tmp_path, statement("\n## Svar {#en}\n\nEt. To.\n"))
    path = tmp_path / "content/sak/eksempel.md"
    before = path.read_bytes()
    ran = innspill("fmt", "--check", cwd=tmp_path, code=1)
    assert "would format content/sak/eksempel.md\n" in ran.stdout
    assert path.read_bytes() == before
    path.chmod(0o640)
    ran = innspill("fmt", "content/sak/eksempel.md", cwd=tmp_path)
    assert "formatted content/sak/eksempel.md\n" in ran.stdout
    assert path.read_text(encoding="utf-8").endswith("\n\nEt.\nTo.\n")
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".")] == []


def test_a_file_with_faults_is_left_alone_and_said(tmp_path: Path) -> None:
    text = HEAD.replace("status: adopted", "status: godkjent") + "\nEt. To.\n"
    write(tmp_path, {**EXAMPLE, "sak/eksempel.md": text})
    ran = innspill("fmt", cwd=tmp_path, code=1)
    assert "content/sak/eksempel.md:4:9: error[bad-value]" in ran.stderr
    assert "left alone, since it has faults: content/sak/eksempel.md\n" in ran.stdout
    assert (tmp_path / "content/sak/eksempel.md").read_text(encoding="utf-8") == text


def test_a_file_that_is_none_of_the_projects(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    (tmp_path / "LES.md").write_text("En. To.\n", encoding="utf-8")
    ran = innspill("fmt", "LES.md", cwd=tmp_path, code=2)
    assert "LES.md is no Markdown file of content" in ran.stderr
