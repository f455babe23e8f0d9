"""`innspill new`: a consultation's content folder, commented, with an example in it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from innspill import __version__
from innspill.check.publication import OWN, RESERVED
from innspill.durable import written_whole
from innspill.errors import WrongArguments
from innspill.forms import FORMS, Form
from innspill.messages import catalogue, say
from innspill.read.example import COMMITTEE, example_file, without_marks
from innspill.read.schema import ConsultationFront
from innspill.read.source import parse_front

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
    check_name(name)
    committee = _named(committee)
    content = project / "content"
    folder = content / name
    if folder.exists():
        raise ScaffoldError(
            say(
                "{path} is there already; choose another name. For one more statement in it: "
                "`innspill new {name}/NAME --committee …`",
                path=folder,
                name=name,
            )
        )
    wanted = site_files(project, committee)
    wanted |= {
        folder / "index.md": consultation_example(committee),
        folder / f"{file_name(committee)}.md": statement_example(committee, ()),
    }
    wanted = {path: each for path, each in wanted.items() if not os.path.lexists(path)}
    write_new(project, wanted)
    return tuple(wanted)


def make_statement(project: Path, case: str, name: str, committee: str | None) -> tuple[Path, ...]:
    """Makes `content/CASE/NAME.md`: a committee's answer, begun, to a consultation that is there.

    Raises ScaffoldError, OSError.
    """
    committee = _named(committee)
    check_name(case)
    check_name(name)
    folder = project / "content" / case
    index, path = folder / "index.md", folder / f"{name}.md"
    if not index.is_file():
        raise ScaffoldError(
            say(
                "there is no consultation {path}: begin it with `innspill new {case}`",
                path=folder,
                case=case,
            )
        )
    if os.path.lexists(path):
        raise ScaffoldError(say("{path} is there already; choose another name", path=path))
    source = parse_front(f"{case}/index.md", str(index), index.read_bytes(), ConsultationFront)
    if not isinstance(source.front, ConsultationFront) or source.has_lost("questions"):
        raise ScaffoldError(
            say("{path} has faults: mend them first. `innspill check` tells them.", path=index)
        )
    ids = tuple(question.id for question in source.front.questions)
    write_new(project, {path: statement_example(committee, ids)})
    return (path,)


def consultation_example(committee: str) -> str:
    """A consultation, begun."""
    return _example("consultation.md", committee)


def is_as_begun(text: str, example: str) -> bool:
    """Whether a file is as `new` wrote it, but for its comments and the committee's name."""
    return _own_lines(text) == _own_lines(example)


def _own_lines(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith(("# ", "committee:"))]


def statement_example(committee: str, questions: Sequence[str]) -> str:
    """A statement, begun: with the example's own questions, or with a consultation's."""
    parts = ("no_examples.md", "answer.md") if questions else ("examples.md", "answers.md")
    examples, answers = (example_file(each, {}).rstrip("\n") for each in parts)
    if questions:
        answers = "\n\n".join(f"### Svar {{#{each}}}\n\n{answers}" for each in questions)
    return _example("statement.md", committee, {"examples": examples, "answers": answers})


def _named(committee: str | None) -> str:
    """The committee's name, or what stands for it until it is known."""
    name = without_marks(COMMITTEE) if committee is None else committee
    if not name.strip() or not name.isprintable():
        raise ScaffoldError(say("the committee needs a name"))
    return name


def check_name(name: str) -> None:
    """Raises ScaffoldError where a folder of content can't have this name."""
    if not re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*", name):
        raise ScaffoldError(
            say(
                'the folder can\'t be named "{name}": use small letters a–z, digits and hyphens, '
                "since the name becomes part of the page's address",
                name=name,
            )
        )
    if name in (*RESERVED, *OWN, ABOUT):
        raise ScaffoldError(say('"{name}" is the program\'s own; choose another name', name=name))


def site_files(project: Path, committee: str) -> dict[Path, str]:
    """What a site without an index is given: that, a page about itself, and what git needs."""
    content = project / "content"
    if (content / "index.md").exists():
        return {}
    templates = {
        content / "index.md": "site.md",
        content / ABOUT / "tilgjengelighet.md": "page.md",
        **_for_git(project),
    }
    made = {path: _example(template, committee) for path, template in templates.items()}
    return {path: text for path, text in made.items() if not os.path.lexists(path)}


def write_new(project: Path, files: Mapping[Path, str | bytes]) -> None:
    """Writes files, each whole, their folders with them.

    Raises ScaffoldError where one would stand outside of the project, and OSError.
    """
    for path in files:
        if path.resolve() != project.resolve() / path.relative_to(project):
            raise ScaffoldError(
                say("a link leads from {path} to elsewhere; nothing was made", path=path.parent)
            )
    for path, given in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as partial:
            partial.write_bytes(given.encode() if isinstance(given, str) else given)


def _example(template: str, committee: str, more: Mapping[str, str] | None = None) -> str:
    """A file of the example, for one committee."""
    values = {
        **(more or {}),
        "committee": committee.strip().replace("\\", "/").replace('"', "”"),
        "statement": file_name(committee),
        "version": __version__,
        "forms": "".join(f"\n# - {name}: {_in_norwegian(form)}" for name, form in FORMS.items()),
        "prints": ", ".join(FORMS),
    }
    return example_file(template, values)


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


def file_name(committee: str) -> str:
    """`Østensjø bydelsutvalg` → `ostensjo`: the first word, in the letters of an address."""
    letters = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "é": "e"})
    words = re.findall(r"[a-z0-9]+", committee.casefold().translate(letters))
    return words[0] if words and words[0] != "index" else "uttalelse"
