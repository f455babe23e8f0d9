"""What is given out beside the pages: data, a table, a feed, attachments, old addresses."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import msgspec
import pytest
from everything import DRAWING
from playwright.sync_api import Browser, Page, Route
from sites import (
    ANSWERS,
    CASE,
    EXAMPLE,
    HEAD,
    INDEX,
    ROOT,
    build_quietly,
    check_quietly,
    codes,
    files_of,
    load,
    project,
    statement,
    tree,
    write,
)

from innspill import __version__
from innspill.project import BuildResult
from innspill.render.data_schema import Hoering, schema_text
from innspill.render.tables import table_head, table_rows
from innspill.render.template_digest import files_of as templates_in
from innspill.render.template_digest import templates_digest

ADDRESS = "https://www.example.org/innspill/"
ATOM = "{http://www.w3.org/2005/Atom}"
CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
MINORITY = """
## Svar {#en}

Dette er svaret på det ene, og det bør = bli slik.

::: mindretall {by="A og B"}
Disse medlemmene er uenige.
:::

## Svar {#to}

Dette er svaret på det andre.
"""
FULL = """\
---
title: Eksempel </script><script>alert(1)</script>
committee: "=Eksempel bydelsutvalg"
status: adopted
adopted: 2024-03-21
dated: 2024-03-30
our_reference: 24/1 - 2
case_officer: Eksempel Saksbehandler
vote:
  result: majority
  for: 9
  against: 6
attachments:
  - file: vedlegg/tall æ.csv
    title: Tallene
aliases: [gammel/uttalelse]
summary:
  - about: en
    point: Det bør bli slik.
    quote: det bør = bli slik
proposals:
  - what: "+47 er ingen formel; «sitat» \\"her\\""
    move: other
    force: bør
    quote: det bør = bli slik
---
"""


def site(**head: str) -> dict[str, str | bytes]:
    """A site with an address, one full statement and one draft."""
    site_keys = f"url: {ADDRESS}\naccessibility_declaration: https://uustatus.no/x?y=1\n"
    site_keys += "".join(f"{key}: {value}\n" for key, value in head.items())
    return {
        "index.md": INDEX.replace("publisher", site_keys + "publisher"),
        "sak/index.md": CASE.replace(
            "questions", "attachments:\n  - {file: brev.pdf, title: Brevet}\nquestions"
        ),
        "sak/eksempel.md": FULL + MINORITY,
        "sak/utkast.md": HEAD.replace("adopted", "draft").replace(
            "Eksempel bydelsutvalg", "Eksempel utkastutvalg"
        )
        + ANSWERS,
        "sak/brev.pdf": b"%PDF-1.4 eksempel",
        "sak/vedlegg/tall æ.csv": b"a;b\n" * 400_000,
    }


@pytest.fixture
def built(tmp_path: Path, store: Path) -> dict[str, bytes]:
    return publish(tmp_path, store, site())


def publish(folder: Path, store: Path, files: dict[str, str | bytes]) -> dict[str, bytes]:
    place = project(write(folder, files), store=store)
    done = build_quietly(place, with_pdf=False)
    assert done.published, [str(each.message) for each in done.checked.diagnostics]
    return tree(folder / "build")


def table(files: dict[str, bytes], name: str = "forslag.csv") -> list[list[str]]:
    text = files[f"sak/{name}"].decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_data_says_what_the_statement_says(built: dict[str, bytes]) -> None:
    data = json.loads(built["sak/data.json"])
    assert data["$schema"] == f"{ADDRESS}assets/data.schema.json"
    digest = templates_digest(templates_in(ROOT / "templates"))
    made_with = {"program": f"Innspill {__version__}", "maler": f"shipped sha256:{digest}"}
    assert data["lagetMed"] == made_with
    (statement,) = data["moetesak"]
    assert statement["vedtak"] == {
        "entity": "Vedtak",
        "dato": "2024-03-21",
        "votering": {"resultat": "flertall", "ja": 9, "nei": 6},
    }
    texts = {each["nummer"]: each for each in statement["punkt"]}
    assert list(texts) == ["1.1", "1.2", "2.1"]
    assert texts["1.2"]["mindretall"] == "A og B"
    assert "mindretall" not in texts["1.1"]
    for each in (*statement["sammendrag"], *statement["forslag"]):
        for ground in each["grunnlag"]:
            text = texts[ground["punkt"]]["tekst"]
            assert text[ground["fra"] : ground["til"]] == "det bør = bli slik"
    assert statement["svar"][0] == {"spoersmaal": ["en"], "punkt": ["1.1", "1.2"]}
    assert "null" not in built["sak/data.json"].decode()
    _, line, _ = built["sak/data.json"].decode().splitlines()
    assert json.loads(line) == statement


def test_the_data_names_files_that_are_there_with_their_digests(built: dict[str, bytes]) -> None:
    data = json.loads(built["sak/data.json"])
    lists = [data["dokumentbeskrivelse"], data["moetesak"][0]["dokumentbeskrivelse"]]
    files = [each["dokumentobjekt"][0] for documents in lists for each in documents]
    assert [each["format"] for each in files] == ["application/pdf", "text/csv"]
    assert files[1]["referanseDokumentfil"] == f"{ADDRESS}sak/vedlegg/tall%20%C3%A6.csv"
    for each, path in zip(files, ("sak/brev.pdf", "sak/vedlegg/tall æ.csv"), strict=True):
        assert each["sjekksum"] == hashlib.sha256(built[path]).hexdigest()


def test_a_pdf_with_the_data_in_it_names_what_is_published(tmp_path: Path) -> None:
    """A drawing that is shown is another file than its author's."""
    more = "attach_source: true\nattachments:\n  - {file: et kart.svg, title: Kartet}\n"
    files = statement(f"{ANSWERS}\n![Et kart](et%20kart.svg)\n", more)
    write(tmp_path, {**files, "sak/et kart.svg": DRAWING})
    made = files_of(check_quietly(project(tmp_path)), tmp_path)
    jobs = [each.load() for each in made.prints()]
    attached = {each.name: each.data for job in jobs for each in job.files[0].attached}
    documents = json.loads(attached["eksempel.json"])["moetesak"][0]["dokumentbeskrivelse"]
    (published,) = (each.make() for each in made.assets() if each.path == "sak/et kart.svg")
    assert published != DRAWING.encode()
    told = documents[-1]["dokumentobjekt"][0]["sjekksum"]
    assert told == hashlib.sha256(published).hexdigest()


def test_the_real_data_holds_every_paragraph_and_both_pdfs(real: tuple[Path, BuildResult]) -> None:
    folder, _ = real
    data = msgspec.json.decode(
        (folder / "oppgavefordeling-2024/data.json").read_bytes(), type=Hoering
    )
    (statement,) = data.moetesak
    model = load(ROOT)[1].statements[0]
    assert [each.tekst for each in statement.punkt] == [each.text for each in model.units]
    assert len(statement.forslag) == len(model.proposals)
    for document in statement.dokumentbeskrivelse:
        file = document.dokumentobjekt[0]
        path = folder / "oppgavefordeling-2024" / file.referanseDokumentfil
        assert hashlib.sha256(path.read_bytes()).hexdigest() == file.sjekksum


def keywords(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(keywords, schema))
    if not isinstance(schema, dict):
        return set()
    inner = [
        each
        for key, value in schema.items()
        for each in (value.values() if key in {"properties", "$defs"} else [value])
    ]
    return set(schema) | keywords(inner)


def obey(value: Any, rule: dict[str, Any], schema: dict[str, Any]) -> None:
    """Holds a value to the part of JSON Schema that ours uses."""
    if "$ref" in rule:
        rule = schema["$defs"][rule["$ref"].rpartition("/")[2]]
    kinds = {"object": dict, "array": list, "string": str, "integer": int}
    if "type" in rule:
        assert isinstance(value, kinds[rule["type"]]), (value, rule)
    assert value in rule.get("enum", [value])
    assert value == rule.get("const", value)
    if isinstance(value, dict):
        assert set(rule.get("required", ())) <= set(value) <= set(rule["properties"])
        for key, each in value.items():
            obey(each, rule["properties"][key], schema)
    if isinstance(value, list):
        for each in value:
            obey(each, rule["items"], schema)


def test_the_data_keeps_to_its_schema_and_the_schema_explains_all(
    built: dict[str, bytes], real: tuple[Path, BuildResult]
) -> None:
    schema = json.loads(built["assets/data.schema.json"])
    assert schema == json.loads(schema_text())
    assert keywords(schema) <= {
        "$schema", "$defs", "$ref", "additionalProperties", "const", "description",
        "enum", "format", "items", "properties", "required", "type",
    }  # fmt: skip
    for model in (schema, *schema["$defs"].values()):
        assert model["additionalProperties"] is False
        assert model["description"]
        for name, each in model["properties"].items():
            assert each.get("description"), name
    obey(json.loads(built["sak/data.json"]), schema, schema)
    whole = (real[0] / "oppgavefordeling-2024/data.json").read_text(encoding="utf-8")
    obey(json.loads(whole), schema, schema)
    with pytest.raises(AssertionError):
        obey(json.loads(whole.replace('"enstemmig"', '"nesten"')), schema, schema)


def test_the_table_is_what_a_norwegian_excel_opens(built: dict[str, bytes]) -> None:
    raw = built["sak/forslag.csv"]
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 2
    head, row = table(built)
    assert len(head) == len(row) == 10
    assert row[0] == "'=Eksempel bydelsutvalg"
    assert row[1] == "1. Det ene"
    assert row[2] == '\'+47 er ingen formel; «sitat» "her"'
    assert row[4] == "bør"
    assert row[5].endswith(" 1.1")
    assert row[8] == "2024-03-21"
    assert row[9] == f"{ADDRESS}sak/eksempel/index.html#proposal-1"


@pytest.mark.parametrize(
    "what",
    [
        "=HYPERLINK(1)",
        "+47",
        "-2+3",
        "@SUM(1)",
        " =1",
        "＝1",
        "−1",
        "5.2",
        "12/2024",
        "0123",
        "1 000",
        "12 %",
    ],
)
def test_no_cell_of_the_table_is_a_formula_or_a_number(tmp_path: Path, what: str) -> None:
    files = site()
    _, composed = load(write(tmp_path, files))
    case, statement = composed.consultations[0], composed.statements[0]
    statement = replace(statement, proposals=(replace(statement.proposals[0], what=what),))
    statement = replace(statement, summary=(replace(statement.summary[0], text=what),))
    for name, rows in table_rows(composed.site, case, statement):
        data = (table_head(name, case.lang) + rows).encode()
        assert table({f"sak/{name}": data}, name)[1][2] == f"'{what}"


def test_the_main_points_are_a_table_too(built: dict[str, bytes]) -> None:
    head, *rows = table(built, "hovedpunkter.csv")
    assert head[:3] == ["Utvalg", "Spørsmål", "Hovedpunkt"]
    assert [row[1] for row in rows] == ["1. Det ene"]
    assert rows[0][7] == f"{ADDRESS}sak/eksempel/index.html#point-1"


def test_the_feed_is_atom_and_dated_by_the_statements(built: dict[str, bytes]) -> None:
    feed = ElementTree.fromstring(built["feed.xml"])
    assert feed.tag == f"{ATOM}feed"
    (entry,) = feed.findall(f"{ATOM}entry")
    for each in (feed, entry):
        for name in ("id", "title", "updated", "author"):
            assert len(each.findall(f"{ATOM}{name}")) == 1, name
    assert feed.findtext(f"{ATOM}updated") == "2024-03-30T12:00:00Z"
    assert entry.findtext(f"{ATOM}id") == f"{ADDRESS}sak/eksempel/index.html"
    assert entry.findtext(f"{ATOM}published") == "2024-03-30T12:00:00Z"
    (own,) = [each for each in feed.findall(f"{ATOM}link") if each.get("rel") == "self"]
    assert own.get("href") == f"{ADDRESS}feed.xml"
    assert b'type="application/atom+xml"' in built["sak/index.html"]
    assert b'<a href="../feed.xml">' in built["sak/index.html"]


def test_without_an_address_there_is_no_feed(tmp_path: Path, store: Path) -> None:
    files = publish(tmp_path, store, dict(EXAMPLE))
    assert "feed.xml" not in files
    assert b"atom+xml" not in files["index.html"]
    assert b"feed.xml" not in files["sak/index.html"]
    assert json.loads(files["sak/data.json"])["adresse"] == "index.html"


def test_a_draft_stays_out_unless_asked_for(tmp_path: Path, store: Path) -> None:
    files = site()
    draft = str(files["sak/utkast.md"]).replace("status", "dated: 2024-04-01\nstatus")
    files["sak/utkast.md"] = draft
    out = publish(tmp_path / "out", store, files)
    for name in ("sak/data.json", "sak/forslag.csv", "feed.xml"):
        assert b"utkastutvalg" not in out[name]
    assert b"ld+json" not in out["sak/utkast/index.html"]
    case = str(files["sak/index.md"]).replace("questions:", "publish_drafts: true\nquestions:")
    inside = publish(tmp_path / "in", store, {**files, "sak/index.md": case})
    names = [each["utvalg"] for each in json.loads(inside["sak/data.json"])["moetesak"]]
    assert names == ["=Eksempel bydelsutvalg", "Eksempel utkastutvalg"]
    assert b"utkastutvalg" in inside["feed.xml"]
    assert b'"creativeWorkStatus": "Draft"' in inside["sak/utkast/index.html"]


def test_linked_data_under_a_strict_policy(built: dict[str, bytes], chromium: Browser) -> None:
    said: list[str] = []
    context = chromium.new_context()
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))

    def serve(route: Route) -> None:
        path = urlsplit(route.request.url).path.removeprefix("/")
        kinds = {"html": "text/html", "css": "text/css", "woff2": "font/woff2"}
        kind = kinds.get(path.rpartition(".")[2], "text/plain")
        headers = {"content-security-policy": CSP, "content-type": kind}
        route.fulfill(body=built.get(path, b""), headers=headers)

    page.route("**/*", serve)
    page.goto("http://intranett.example/sak/eksempel/index.html")
    block = page.locator("script[type='application/ld+json']")
    data = json.loads(block.text_content() or "")
    context.close()
    assert data["@type"] == "Report"
    assert data["name"] == "Eksempel </script><script>alert(1)</script>"
    assert data["datePublished"] == "2024-03-30"
    assert said == []


def linked(page: bytes) -> dict[str, Any]:
    """The linked data of a page."""
    block = page.decode().partition('<script type="application/ld+json">')[2]
    data: dict[str, Any] = json.loads(block.partition("</script>")[0])
    return data


def test_a_case_and_its_questions_are_linked_data_too(built: dict[str, bytes]) -> None:
    case = linked(built["sak/index.html"])
    assert (case["@type"], case["url"]) == ("Collection", f"{ADDRESS}sak/index.html")
    parts = [(each["@type"], each["url"].removeprefix(ADDRESS)) for each in case["hasPart"]]
    assert parts == [
        ("Question", "sak/sporsmal/en/index.html"),
        ("Question", "sak/sporsmal/to/index.html"),
        ("Report", "sak/eksempel/index.html"),
    ]
    question = linked(built["sak/sporsmal/en/index.html"])
    assert (question["@type"], question["text"]) == ("Question", "Hva er det ene?")
    assert question["isPartOf"]["@id"] == case["@id"]
    (answer,) = question["suggestedAnswer"]  # the draft's is not given out
    assert question["answerCount"] == 1
    assert answer["url"] == f"{ADDRESS}sak/eksempel/index.html#s1"
    assert answer["abstract"] == "Det bør bli slik."
    assert linked(built["sak/eksempel/index.html"])["isPartOf"]["@id"] == case["@id"]


def test_a_case_without_an_address_or_an_answer_is_linked_data_still(
    tmp_path: Path, store: Path
) -> None:
    files = {name: text for name, text in EXAMPLE.items() if name != "sak/eksempel.md"}
    built = publish(tmp_path, store, dict(files))
    assert [each["name"] for each in linked(built["sak/index.html"])["hasPart"]] == [
        "Det ene",
        "Det andre",
    ]
    question = linked(built["sak/sporsmal/en/index.html"])
    assert question["answerCount"] == 0
    assert "url" not in question
    assert "suggestedAnswer" not in question


def test_attachments_are_listed_with_kind_and_size(tmp_path: Path, store: Path, tab: Page) -> None:
    publish(tmp_path, store, site())
    tab.goto((tmp_path / "build/sak/index.html").as_uri())
    assert tab.locator(".enclosures li").all_inner_texts() == ["Brevet\nPDF, 1 kB"]
    tab.goto((tmp_path / "build/sak/eksempel/index.html").as_uri())
    assert tab.locator(".enclosures li").all_inner_texts() == ["Tallene\nCSV, 1,6 MB"]
    href = tab.locator(".enclosures a").evaluate("a => a.href")
    assert href.endswith("/sak/vedlegg/tall%20%C3%A6.csv")


def test_an_old_address_leads_on_with_and_without_a_click(
    tmp_path: Path, store: Path, tab: Page
) -> None:
    files = publish(tmp_path, store, site())
    old = files["gammel/uttalelse/index.html"].decode()
    assert f'<link rel="canonical" href="{ADDRESS}sak/eksempel/index.html">' in old
    assert '<a href="../../sak/eksempel/index.html">' in old
    tab.goto((tmp_path / "build/gammel/uttalelse/index.html").as_uri())
    tab.wait_for_url("**/sak/eksempel/index.html")


def test_noindex_is_on_every_page_and_in_robots(tmp_path: Path, store: Path) -> None:
    files = publish(tmp_path / "a", store, site(noindex="true"))
    for path, data in files.items():
        assert not path.endswith(".html") or b'<meta name="robots" content="noindex">' in data
    assert files["robots.txt"] == b"User-agent: *\nDisallow: /\n"
    usual = publish(tmp_path / "b", store, site())
    assert "robots.txt" not in usual
    asking = [path for path, data in usual.items() if b'name="robots"' in data]
    assert asking == ["404.html"]  # which is no page of its own


@pytest.mark.parametrize(
    ("of_site", "of_statement", "is_shown"),
    [("false", "", True), ("true", "", False), ("true", "false", True), ("false", "true", False)],
)
def test_a_hidden_case_officer_is_nowhere(
    tmp_path: Path, store: Path, of_site: str, of_statement: str, is_shown: bool
) -> None:
    files = site(hide_case_officer=of_site)
    if of_statement:
        files["sak/eksempel.md"] = str(files["sak/eksempel.md"]).replace(
            "status:", f"hide_case_officer: {of_statement}\nstatus:"
        )
    found = [
        path
        for path, data in publish(tmp_path, store, files).items()
        if b"Eksempel Saksbehandler" in data
    ]
    assert found == (["sak/data.json", "sak/eksempel/index.html"] if is_shown else [])


def test_the_declaration_is_linked_from_every_foot(built: dict[str, bytes]) -> None:
    for path, data in built.items():
        if path.endswith("index.html") and not path.startswith("gammel/"):
            assert b'<a href="https://uustatus.no/x?y=1">' in data, path


def test_the_files_of_a_case_have_their_own_addresses(tmp_path: Path) -> None:
    files = {**EXAMPLE, "sak/eksempel.md": HEAD + "\n[x](data.json)\n" + ANSWERS}
    assert codes(tmp_path, {**files, "sak/data.json": b"{}"}) == ["same-url:1"]
