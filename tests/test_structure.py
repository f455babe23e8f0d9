"""What the code promises of itself: imports run one way, and each door has one keeper."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sites import ROOT

PACKAGE = ROOT / "scripts" / "innspill"
ORDER = (
    {"collation", "limits", "memory"},
    {"messages"},
    {"diagnostics"},
    {"project", "codec", "unchanged", "system_words", "failure", "blob"},
    {"owned"},
    {"text"},
    {"facts", "forms", "read", "media"},
    {"model"},
    {"compose"},
    {"compare"},
    {"check"},
    {"history"},
    {"store", "publish"},
    {"pdf"},
    {"render"},
    {"pack"},
    {"executor"},
    {"scaffold", "build", "shortcut"},
    {"redlines", "fmt", "remake", "verify", "manual"},
    {"serve"},
    {"terminal"},
    {"report", "click_messages"},
    {"cli"},
    {"__main__"},
)
"""The parts of the package, lowest first: each may import what stands before it."""


def modules() -> dict[str, Path]:
    return {
        path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", "."): path
        for path in PACKAGE.rglob("*.py")
    }


def imports(path: Path, *, typing_too: bool = False) -> set[str]:
    """The modules that a file imports, anywhere in it, but not for type checking alone."""
    parsed = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(parsed)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found: set[str] = set()
    for node in ast.walk(parsed):
        if id(node) in skipped and not typing_too:
            continue
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def level(module: str) -> int:
    part = module.removeprefix("innspill.").split(".")[0]
    return next(i for i, parts in enumerate(ORDER) if part in parts)


def test_imports_run_one_way() -> None:
    for name, path in modules().items():
        if name == "__init__":
            continue
        for imported in imports(path):
            if imported.startswith("innspill."):
                assert level(imported) <= level(name), f"{name} imports {imported}"


@pytest.mark.parametrize(
    ("library", "keeper"),
    [
        ("weasyprint", {"render.pdf"}),
        (
            "pikepdf",
            {
                "pdf.finish",
                "pdf.drawn",
                "pdf.fonts",
                "pdf.links",
                "pdf.metadata",
                "pdf.tags",
                "pdf.attachments",
                "pdf.reading",
                "render.imposition",
                "media.documents",
            },
        ),
        ("PIL", {"media.drawing_values", "media.raster", "media.told"}),
        ("markdown_it", {"read.markdown", "read.body", "read.silent", "read.unlikely"}),
        ("mdit_py_plugins", {"read.markdown"}),
        ("yaml", {"read.yaml_nodes"}),
        ("jinja2", {"render.environment", "render.template_cache", "render.templates"}),
        ("fontTools", {"render.fonts", "render.outlines"}),
        ("segno", {"render.qr"}),
        ("click", {"cli", "click_messages", "terminal"}),
        ("starlette", {"serve.app"}),
        ("uvicorn", {"serve.server"}),
        ("watchfiles", {"serve.watch"}),
        ("rich", {"report"}),
        ("babel", {"messages", "report"}),
        ("rapidfuzz", {"compare.common"}),
        ("pygit2", {"history.repository"}),
    ],
)
def test_each_library_has_its_place(library: str, keeper: set[str]) -> None:
    users = {
        name
        for name, path in modules().items()
        if any(each.split(".")[0] == library for each in imports(path))
    }
    assert users == keeper


NAMED_TWICE = {"Committed", "Entry", "Fate", "File", "Leaf", "Plan", "Tag", "Wanted"}
"""Names that still have two meanings, in rooms that are being rebuilt: none is to be added."""


def test_a_name_of_a_class_has_one_meaning() -> None:
    names = Counter(
        node.name
        for path in modules().values()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    )
    assert {name for name, times in names.items() if times > 1} <= NAMED_TWICE


def test_every_rule_is_asked_somewhere() -> None:
    """A rule that stands in no list of `check/check.py`, nor elsewhere, would never be heard."""
    rules = {
        node.name: name
        for name, path in modules().items()
        if name.startswith("check.")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        if node.returns and ast.unparse(node.returns) == "Iterator[Diagnostic]"
    }
    assert len(rules) > 20
    texts = {name: path.read_text(encoding="utf-8") for name, path in modules().items()}
    for rule, home in rules.items():
        asking = [name for name, text in texts.items() if re.search(rf"\b{rule}\b", text)]
        is_asked = len(re.findall(rf"\b{rule}\b", texts[home])) > 1 or len(asking) > 1
        assert is_asked, f"{home}.{rule} is asked nowhere"


def test_render_reads_no_clock_and_no_environment() -> None:
    for name, path in modules().items():
        if name.startswith(("render.", "compose.", "compare.", "check.")):
            assert not imports(path) & {
                "time",
                "datetime.datetime",
                "random",
                "subprocess",
                "os",
            }, name


def test_version_and_help_start_without_the_heavy_libraries() -> None:
    heavy = (
        "weasyprint",
        "pydantic",
        "markdown_it",
        "jinja2",
        "fontTools",
        "babel",
        "rich",
        "starlette",
        "uvicorn",
        "watchfiles",
        "yaml",
        "rapidfuzz",
        "pygit2",
    )
    program = (
        "import sys\nfrom innspill.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(ROOT / "scripts"), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr == "[]\n"


def test_no_address_of_a_registry_and_no_path_of_a_machine() -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (ROOT / "scripts" / name).read_text(encoding="utf-8")
        assert "http" not in text
        assert "--hash=sha256:" in text


def test_top_level_is_as_agreed() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    tops = {line.split("/")[0] for line in listed.stdout.split("\n") if line}
    allowed = {"pyproject.toml", "content", "templates", "scripts", "tests", "seeds"}
    allowed |= {"README.md", "LICENSE", "CHANGELOG.md"}
    allowed |= {"ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"}
    assert {top for top in tops if not top.startswith(".")} <= allowed
