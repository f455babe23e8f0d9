"""What the code promises of itself: imports run one way, and each door has one keeper."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from sites import ROOT

PACKAGE = ROOT / "scripts" / "innspill"
ORDER = (
    {"collation", "installed", "limits", "memory", "docstrings", "pycache"},
    {"messages"},
    {"diagnostics"},
    {"codec", "unchanged", "system_words", "failure", "durable"},
    {"blob", "owned"},
    {"output"},
    {"project", "manifest"},
    {"text"},
    {"forms", "read", "media"},
    {"model"},
    {"compose"},
    {"compare"},
    {"check"},
    {"history"},
    {"store", "publish"},
    {"pdf"},
    {"render"},
    {"pack"},
    {"print_pool"},
    {"scaffold", "build", "shortcut"},
    {"redlines", "fmt", "remake", "verify"},
    {"serve"},
    {"terminal"},
    {"report", "click_words"},
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
                "pdf.tag",
                "pdf.tree",
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
        ("jinja2", {"render.compiled", "render.environment", "render.templates"}),
        ("fontTools", {"render.fonts", "render.outlines"}),
        ("segno", {"render.qr"}),
        ("click", {"cli", "click_words", "terminal"}),
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
    assert {top for top in tops if not top.startswith(".")} <= allowed
