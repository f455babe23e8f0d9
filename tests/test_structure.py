"""What the code promises of itself: imports run one way, and each library has one user."""

from __future__ import annotations

import ast
import builtins
import re
import subprocess
import sys
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from sites import ROOT

PACKAGE = ROOT / "scripts" / "innspill"
LAYERS = ("read", "compose", "compare", "check", "history", "media", "render", "pdf", "publish")
"""The packages that do the work."""
READING = {"open()", "FileIO()", "read_bytes", "read_text", "iterdir", "glob", "rglob", "scandir"}
WRITING = {"mkdir", "write_bytes", "write_text", "unlink", "rmdir", "symlink_to", "touch", "rmtree"}
"""Names of what a program does to the disk."""


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


PARSED = {
    name_of(path): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
"""Every module of the package, by its name within it."""


def imports(module: str) -> set[str]:
    """What a module imports, anywhere in it, also for types alone: modules, and names in them."""
    found: set[str] = set()
    for node in ast.walk(PARSED[module]):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def own_imports(module: str) -> set[str]:
    """The modules of the package that a module imports; of a package, what it gives out."""
    own = {name.removeprefix("innspill.") for name in imports(module)}
    named = {name if name in PARSED else f"{name}.__init__" for name in own}
    # `from innspill.publish import libc` names the module, and not what its package gives out.
    from_package = {
        f"{node.module}.__init__".removeprefix("innspill.")
        for node in ast.walk(PARSED[module])
        if isinstance(node, ast.ImportFrom)
        and node.module
        and all(f"{node.module}.{n.name}".removeprefix("innspill.") in PARSED for n in node.names)
    }
    return (named & PARSED.keys()) - from_package - {module}


def users_of(name: str) -> set[str]:
    """The modules that import a library, or one name of it."""
    return {
        module
        for module in PARSED
        if any(each == name or each.startswith(f"{name}.") for each in imports(module))
    }


def called(module: str) -> set[str]:
    """The names of all that is called in a module; what is no method has `()` behind it."""
    calls = [node.func for node in ast.walk(PARSED[module]) if isinstance(node, ast.Call)]
    methods = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    return methods | {f"{call.id}()" for call in calls if isinstance(call, ast.Name)}


def of_layers(*layers: str) -> set[str]:
    return {module for module in PARSED if module.split(".")[0] in layers}


def test_imports_run_in_no_circle() -> None:
    graph = {module: own_imports(module) for module in PARSED}
    assert "read.disk" in graph["read.read"]
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("a circle of imports: " + " ← ".join(error.args[1]))


@pytest.mark.parametrize(
    "door",
    [
        *("weasyprint", "pygit2", "yaml", "markdown_it.MarkdownIt", "mdit_py_plugins"),
        *("distributed", "fsspec", "pygls", "lsprotocol"),
    ],
)
def test_one_door_to(door: str) -> None:
    assert len(users_of(door)) == 1


@pytest.mark.parametrize(
    ("extra", "asking"),
    [
        ("distributed", {"build", "store"}),
        ("editor", {"cli"}),
        ("sealing", {"seal", "seals", "verify_seal"}),
    ],
)
def test_an_extra_is_imported_only_where_it_was_asked_for(extra: str, asking: set[str]) -> None:
    """Each within a function, or for its types: all else works without it."""
    users = users_of(f"innspill.{extra}") - of_layers(extra)
    assert users == asking
    for module in users:
        at_once = [node for node in PARSED[module].body if isinstance(node, ast.ImportFrom)]
        assert not any(extra in str(node.module) for node in at_once)


@pytest.mark.parametrize("library", ["pyhanko", "pyhanko_certvalidator", "asn1crypto"])
def test_signatures_are_known_in_one_room(library: str) -> None:
    assert users_of(library) <= of_layers("sealing")


def test_what_reads_letters_is_imported_only_where_it_was_asked_for() -> None:
    """Its extra in its own room, each reader where a file of its form is read."""
    assert users_of("lxml") <= of_layers("importing")
    of_pdf = {f"importing.pdf{end}" for end in ("", "_bullets", "_clips", "_pictures", "_tags")}
    assert users_of("pypdfium2") == of_pdf | {"pdf.looks_otherwise"}
    users = users_of("innspill.importing") - of_layers("importing")
    assert users == {"cli", "original", "report"}  # of which the last needs it for types alone
    for module in ("cli", "importing.reading"):
        at_once = [node for node in PARSED[module].body if isinstance(node, ast.ImportFrom)]
        readers = ("docx", "html", "odt", "pdf", *(("",) if module == "cli" else ()))
        names = {f"innspill.importing.{each}".rstrip(".") for each in readers}
        assert not {str(node.module) for node in at_once} & names


def test_content_is_read_through_one_door() -> None:
    readers = {
        module
        for module in of_layers("read", "compose", "compare", "check", "media")
        if called(module) & READING or imports(module) & {"os", "shutil"}
    }
    assert readers <= {"read.disk", "read.example"}  # which reads what is shipped


def test_the_output_is_written_through_one_door() -> None:
    assert {m for m in PARSED if "innspill.publish" in imports(m)} - of_layers("publish") <= {
        "build",
        "commands",
        "shortcut",
    }
    writers = {module for module in PARSED if called(module) & WRITING} - of_layers("publish")
    assert writers <= {
        *{"own_folders", "store", "store_folder", "render.template_cache"},  # what is remembered
        "spool",  # what is not published yet
        *{"durable", "fmt.files", "scaffold", "seal"},  # what the user has asked for by name
    }


def test_the_command_line_decides_nothing() -> None:
    assert {
        name for name in own_imports("cli") if name.split(".")[0] in {*LAYERS, "model"}
    } == set()
    assert users_of("innspill.cli") == {"__main__"}


def test_a_name_of_a_class_has_one_meaning() -> None:
    names = Counter(
        node.name
        for parsed in PARSED.values()
        for node in parsed.body
        if isinstance(node, ast.ClassDef)
    )
    assert {name for name, times in names.items() if times > 1} == set()


NO_INNSPILL_ERROR = {
    "TimeUp",  # interrupts whatever runs: no `except Exception` may catch it
}


def test_every_exception_of_the_package_has_one_root() -> None:
    """What is raised, or derives from an exception of Python's, is an InnspillError."""
    classes = {
        node.name: {ast.unparse(base) for base in node.bases}
        for parsed in PARSED.values()
        for node in ast.walk(parsed)
        if isinstance(node, ast.ClassDef)
    }

    def bases(name: str) -> set[str]:
        direct = classes.get(name, set())
        return direct.union(*map(bases, direct))

    builtin = {
        name
        for name, each in vars(builtins).items()
        if isinstance(each, type) and issubclass(each, BaseException)
    }
    raised = {
        ast.unparse(node.exc.func if isinstance(node.exc, ast.Call) else node.exc)
        for parsed in PARSED.values()
        for node in ast.walk(parsed)
        if isinstance(node, ast.Raise) and node.exc
    }
    exceptions = {name for name in classes if bases(name) & builtin} | raised & classes.keys()
    assert len(exceptions) > 20
    rooted = {name for name in exceptions if "InnspillError" in bases(name)}
    assert exceptions - rooted - {"InnspillError"} == NO_INNSPILL_ERROR


def test_every_rule_is_asked_somewhere() -> None:
    """A rule that stands in no list of `check/check.py`, nor elsewhere, would never be heard."""
    rules = {
        node.name: name
        for name in of_layers("check")
        for node in PARSED[name].body
        if isinstance(node, ast.FunctionDef)
        if node.returns and ast.unparse(node.returns) == "Iterator[Diagnostic]"
    }
    assert len(rules) > 20
    texts = {name_of(path): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    for rule, home in rules.items():
        asking = [name for name, text in texts.items() if re.search(rf"\b{rule}\b", text)]
        is_asked = len(re.findall(rf"\b{rule}\b", texts[home])) > 1 or len(asking) > 1
        assert is_asked, f"{home}.{rule} is asked nowhere"


def test_render_reads_no_clock_and_no_environment() -> None:
    for module in of_layers("render", "compose", "compare", "check", "archive"):
        assert not imports(module) & {"time", "random", "subprocess", "os"}, module


def test_version_and_help_start_without_the_heavy_libraries() -> None:
    heavy = (
        "weasyprint",
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
        "distributed",
        "fsspec",
        "pyhanko",
        "lxml",
        "pypdfium2",
        "pygls",
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
        assert "://" not in text
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
