"""`innspill new`: a consultation's content folder, commented, with an example in it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from innspill import __version__
from innspill.check.publication import OWN, RESERVED
from innspill.errors import WrongArguments
from innspill.forms import FORMS, Form
from innspill.messages import catalogue, say
from innspill.read.example import COMMITTEE, example_file, without_marks

ABOUT = "om"
"""The folder of the site's pages about itself."""
CI = {
    ".github/workflows/innspill.yml": "github.yml",
    ".gitlab-ci.yml": "gitlab-ci.yml",
    "azure-pipelines.yml": "azure-pipelines.yml",
}
"""Examples that build the site at each push, by where GitHub, GitLab and Azure DevOps look."""


class ScaffoldError(WrongArguments):
    """The folder can't be made as asked."""


def make_consultation(project: Path, name: str, committee: str | None = None) -> tuple[Path, ...]:
    """Makes `content/NAME/` in the project, with a consultation and a statement.

    Without a committee its name is one more thing to write. Where the site has no index, it makes
    that, a page on reading and accessibility, and what git and the services around it need.
    Nothing that is there is written over.

    Raises ScaffoldError, OSError.
    """
    if not re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*", name):
        raise ScaffoldError(
            say(
                'the folder can\'t be named "{name}": use small letters a–z, digits and hyphens, '
                "since the name becomes part of the page's address",
                name=name,
            )
        )
    committee = without_marks(COMMITTEE) if committee is None else committee
    if not committee.strip() or not committee.isprintable():
        raise ScaffoldError(say("the committee needs a name"))
    if name in (*RESERVED, *OWN, ABOUT):
        raise ScaffoldError(say('"{name}" is the program\'s own; choose another name', name=name))
    content = project / "content"
    folder = content / name
    if folder.exists():
        raise ScaffoldError(
            say(
                "{path} is there already; choose another name, or copy the statement in it under "
                "another name to add one",
                path=folder,
            )
        )
    values = {
        "committee": committee.strip().replace("\\", "/").replace('"', "”"),
        "statement": _file_name(committee),
        "version": __version__,
        "forms": "".join(f"\n# - {name}: {_in_norwegian(form)}" for name, form in FORMS.items()),
        "prints": ", ".join(FORMS),
    }
    wanted = {}
    if not (content / "index.md").exists():
        wanted = {
            content / "index.md": "site.md",
            content / ABOUT / "tilgjengelighet.md": "page.md",
            **_for_git(project),
        }
    wanted |= {
        folder / "index.md": "consultation.md",
        folder / f"{_file_name(committee)}.md": "statement.md",
    }
    wanted = {path: each for path, each in wanted.items() if not os.path.lexists(path)}
    for path in wanted:
        if path.resolve() != project.resolve() / path.relative_to(project):
            raise ScaffoldError(
                say("a link leads from {path} to elsewhere; nothing was made", path=path.parent)
            )
    for path, template in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(example_file(template, values), encoding="utf-8")
    return tuple(wanted)


def _for_git(project: Path) -> dict[Path, str]:
    """What a new project is given for git; no examples of CI where there is one of some kind.

    Below a repository's root no service would find them.
    """
    wanted = {project / ".gitattributes": "gitattributes", project / ".gitignore": "gitignore"}
    is_below = any((folder / ".git").exists() for folder in project.resolve().parents)
    has_ci = any((project / path).exists() for path in (".github/workflows", *CI))
    if not is_below and not has_ci:
        wanted |= {project / path: template for path, template in CI.items()}
    return wanted


def _in_norwegian(form: Form) -> str:
    """What a form is called in the language of the example."""
    return form.paper.title.within(catalogue("nb"))


def _file_name(committee: str) -> str:
    """`Østensjø bydelsutvalg` → `ostensjo`: the first word, in the letters of an address."""
    letters = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "é": "e"})
    words = re.findall(r"[a-z0-9]+", committee.casefold().translate(letters))
    return words[0] if words and words[0] != "index" else "uttalelse"
