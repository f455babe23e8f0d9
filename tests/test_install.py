"""Innspill is installed as its users install it, and works in a folder of theirs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from itertools import chain
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import innspill
from innspill.render.fonts import CHARACTERS, FACES, FOR_PAGES, font_file

CHECKOUT = Path(__file__).parent.parent
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
ALONE = ("--no-index", "--no-deps", "--no-build-isolation", "--ignore-installed")


def run(*command: str | Path, cwd: Path) -> str:
    """Runs a command as in a fresh shell, and gives back what it prints."""
    environment = {"HOME": str(cwd), "PATH": os.defpath}
    result = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"
    return result.stdout


def copy_of_checkout(folder: Path) -> Path:
    """The checkout without what tools have made in it."""
    made = shutil.ignore_patterns(".git", ".venv", ".innspill", ".*_cache", ".hypothesis", "fonts")

    def ignored(path: str, names: list[str]) -> set[str]:
        top = {"build", "dist"} if Path(path) == CHECKOUT else set()
        return made(path, names) | top | {"__pycache__"}

    return Path(shutil.copytree(CHECKOUT, folder / "innspill æøå", ignore=ignored))


@pytest.fixture(params=["wheel", "editable"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A virtual environment with Innspill in it, and the dependencies of the running one."""
    environment = tmp_path / "venv"
    python = environment / "bin" / "python"
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=tmp_path)
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path)
    Path(own.strip(), "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    checkout = copy_of_checkout(tmp_path)
    editable = ["--editable"] if request.param == "editable" else []
    run(*PIP, "--python", python, "install", *ALONE, *editable, checkout, cwd=tmp_path)
    if not editable:
        shutil.rmtree(checkout)
    where = run(python, "-c", "import innspill; print(innspill.__file__)", cwd=tmp_path)
    assert Path(where).is_relative_to(checkout if editable else environment)
    return environment


def test_a_new_site_is_built_in_an_empty_folder(environment: Path, tmp_path: Path) -> None:
    program = environment / "bin" / "innspill"
    folder = tmp_path / "utvalgets nettsted"
    folder.mkdir()
    assert innspill.__version__ in run(program, "--version", cwd=folder)
    run(program, "new", "hoering-2026", cwd=folder)
    run(program, "build", cwd=folder)
    assert (folder / "build" / "index.html").is_file()
    for name in FOR_PAGES:  # cut on another day are the same bytes
        assert (folder / "build" / "assets" / "fonts" / name).read_bytes() == font_file(name)
    assert list((folder / "build").rglob("*.pdf"))
    manual = Path(run(program, "manual", "--path", cwd=folder).strip())
    assert manual.is_relative_to(folder / ".cache" / "innspill")
    assert "Get started" in manual.read_text(encoding="utf-8")


def build(target: str, checkout: Path) -> Path:
    """The wheel or source archive that the checkout makes."""
    made = checkout.parent / f"{target} of {checkout.name}"
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", made, cwd=checkout)
    (path,) = made.iterdir()
    return path


def contents(wheel: Path) -> dict[str, bytes]:
    with ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_wheel_holds_what_is_no_code_and_a_source_archive_makes_the_same(tmp_path: Path) -> None:
    checkout = copy_of_checkout(tmp_path)
    wheel = contents(build("wheel", checkout))
    templates = [each for each in (checkout / "templates").rglob("*") if each.is_file()]
    for path in templates:
        assert wheel[f"innspill/{path.relative_to(checkout)}"] == path.read_bytes()
    for path in (checkout / "scripts" / "innspill" / "locale").iterdir():
        assert wheel[f"innspill/locale/{path.name}"] == path.read_bytes()
    assert "innspill/py.typed" in wheel
    for name in (*FOR_PAGES, *(face.printed for face in FACES), CHARACTERS):
        assert wheel[f"innspill/fonts/{name}"] == font_file(name)
    manual = checkout / "scripts" / "manual"
    for path in (each for each in manual.rglob("*") if each.is_file()):
        assert wheel[f"innspill/manual_project/{path.relative_to(manual)}"] == path.read_bytes()

    archive = build("sdist", checkout)
    run("tar", "-xf", archive, cwd=tmp_path)
    assert contents(build("wheel", tmp_path / archive.name.removesuffix(".tar.gz"))) == wheel


def locked(name: str) -> dict[str, str]:
    """What a lock holds: each package's version."""
    text = (CHECKOUT / "scripts" / name).read_text()
    assert "://" not in text
    pinned = re.findall(r"^(\S+)==(\S+)( ; .+)? \\\n +--hash=sha256:", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^\w", text, re.MULTILINE)), "one has no digest"
    return {canonicalize_name(package): version for package, version, _ in pinned}


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    runtime, test = locked("requirements.txt"), locked("requirements-test.txt")
    assert runtime.items() <= test.items()
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    extras = project["project"]["optional-dependencies"].values()
    tried = [*project["dependency-groups"]["test"], *chain.from_iterable(extras)]
    for lock, asked in (runtime, needed), (test, tried):
        for requirement in map(Requirement, asked):
            assert lock[canonicalize_name(requirement.name)] in requirement.specifier
