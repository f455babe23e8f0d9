"""What a project is given to work with git: attributes, hooks, examples of CI."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from repositories import begun, git
from sites import ROOT, innspill

from innspill import __version__

CI = (".github/workflows/innspill.yml", ".gitlab-ci.yml", "azure-pipelines.yml")


def made(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "content" not in path.parts and ".git" not in path.parts
    }


def test_a_new_project_gets_them_where_none_are(tmp_path: Path) -> None:
    ran = innspill("new", "sak", cwd=tmp_path)
    assert made(tmp_path) == {".gitattributes", ".gitignore", *CI}
    for name in CI:
        assert f"made {name}\n" in ran.stdout
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "pip install innspill" not in text
        assert f"innspill-{__version__}-py3-none-any.whl" in text
        steps = yaml.safe_load(text)
        assert "innspill build" in str(steps)
    github, gitlab, azure = (yaml.safe_load((tmp_path / name).read_text()) for name in CI)
    assert github["jobs"]["build"]["steps"][0]["with"] == {"fetch-depth": 0}
    assert gitlab["build"]["variables"] == {"GIT_DEPTH": "0", "INNSPILL": ""}
    assert azure["steps"][0] == {"checkout": "self", "fetchDepth": 0, "fetchTags": True}


def installing(value: object) -> Iterator[str]:
    """The scripts among the values of a workflow that install anything with pip."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from installing(each)
    elif isinstance(value, str) and "pip install" in value:
        yield value


@pytest.mark.parametrize("name", CI)
@pytest.mark.parametrize(
    ("filled_in", "installed"),
    [
        ("", None),
        ("innspill", None),
        ("innspill==1.0", None),
        ("verktoy/innspill 1.whl", "install verktoy/innspill 1.whl"),
        ("git+https://git.example.org/x@v1", "install git+https://git.example.org/x@v1"),
    ],
)
def test_ci_installs_from_where_the_user_says(
    tmp_path: Path, name: str, filled_in: str, installed: str | None
) -> None:
    innspill("new", "sak", cwd=tmp_path)
    [script] = installing(yaml.safe_load((tmp_path / name).read_text(encoding="utf-8")))
    pip = tmp_path / "pip"
    pip.write_text('#!/bin/sh\necho "$@" > installed\n', encoding="utf-8")
    pip.chmod(0o755)
    ran = subprocess.run(
        ["/bin/sh", "-e", "-c", script],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "INNSPILL": filled_in},
        capture_output=True,
        text=True,
        check=False,
    )
    if installed is None:
        said = f"Skriv i {name} hvor Innspill hentes fra: INNSPILL er ikke fylt ut.\n"
        assert (ran.returncode, ran.stderr) == (1, said)
        assert not (tmp_path / "installed").exists()
    else:
        assert ran.returncode == 0
        assert (tmp_path / "installed").read_text(encoding="utf-8") == f"{installed}\n"


@pytest.mark.parametrize("name", [*CI, ".github/workflows/annet.yml"])
def test_nothing_is_written_over(tmp_path: Path, name: str) -> None:
    for path in (tmp_path / name, tmp_path / ".gitattributes"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# vårt eget\n", encoding="utf-8")
    innspill("new", "sak", cwd=tmp_path)
    assert made(tmp_path) == {".gitattributes", ".gitignore", name}
    assert (tmp_path / name).read_text(encoding="utf-8") == "# vårt eget\n"
    (tmp_path / ".gitignore").unlink()
    innspill("new", "neste", cwd=tmp_path)
    assert made(tmp_path) == {".gitattributes", name}


def test_below_a_repositorys_root_there_is_no_ci(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    below = repo.root / "kontor"
    below.mkdir()
    innspill("new", "sak", cwd=below)
    assert made(below) == {".gitattributes", ".gitignore"}


def test_git_reads_the_attributes(tmp_path: Path) -> None:
    begun(tmp_path)
    innspill("new", "sak", cwd=tmp_path)
    said = git(tmp_path, "check-attr", "text", "diff", "--", "content/sak/brev.pdf", "a.md")
    assert "content/sak/brev.pdf: text: unset" in said
    assert "a.md: diff: markdown" in said
    innspill("build", "--no-pdf", cwd=tmp_path)
    assert "build/" not in git(tmp_path, "status", "--porcelain", "--ignored=no")


def test_the_hooks_are_commands_of_the_program(tmp_path: Path) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [each["id"] for each in hooks] == ["innspill-check", "innspill-fmt"]
    innspill("new", "sak", cwd=tmp_path)
    for hook in hooks:
        program, *arguments = hook["entry"].split()
        assert program == "innspill"
        files = [] if hook.get("pass_filenames") is False else ["content/index.md"]
        innspill(*arguments, *files, cwd=tmp_path)
