"""What goes on for ever, or takes all memory, is given up, and named: in every command."""

from __future__ import annotations

import json
import random
import resource
import threading
import time
from pathlib import Path

import pytest
from processes import until
from repositories import begun
from sites import ANSWERS, EXAMPLE, innspill_process, statement, write
from test_serve import serving

from innspill.limits import Limit, OverLimit, limited

LOOP = "x\n" + "{% for a in range(99999) %}\n" * 3 + "{% endfor %}" * 3
DOUBLED = (
    "{{% set n = namespace(x={}) %}}{{% for i in range(60) %}}"
    "{{% set n.x = n.x {} n.x %}}{{% endfor %}}"
)
TOO_LONG = "the template takes longer than 1 seconds"
LIMITS = ("--render-limit", "1", "--layout-limit", "2")
SLOW = "\n## Svar {#en}\n\n" + "ord " * 300_000 + "\n\n## Svar {#to}\n\nNei.\n"


def with_template(folder: Path, name: str, text: str) -> Path:
    write(folder, EXAMPLE)
    (own := folder / "templates" / name).parent.mkdir(parents=True)
    own.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("statement.html", "build --no-pdf --jobs 1"),
        ("statement.html", "build --no-pdf --jobs 2"),
        ("home.html", "build --no-pdf"),
        ("components/case-at-home.html", "build --no-pdf"),
        ("print/uttalelse.html", "build --jobs 1"),
        ("print/uttalelse.html", "build --jobs 2"),
        ("statement.html", "pack --no-pdf sak/eksempel"),
    ],
)
def test_a_template_that_goes_on_for_ever_is_named(
    tmp_path: Path, store: Path, name: str, command: str
) -> None:
    folder = with_template(tmp_path, name, LOOP)
    began = time.monotonic()
    ran = innspill_process(*command.split(), "--store", store, *LIMITS, cwd=folder, code=1)
    assert time.monotonic() - began < 30
    (line,) = (line for line in ran.stderr.splitlines() if TOO_LONG in line)
    assert line.startswith((f"templates/{name}:3:1:", f"templates/{name}:4:1:"))
    assert "allow more with --render-limit" in ran.stderr
    assert not (folder / "build").exists()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_layout_that_goes_on_for_ever_names_the_statement(
    tmp_path: Path, store: Path, jobs: str
) -> None:
    folder = write(tmp_path, statement(SLOW))
    ran = innspill_process("build", "--jobs", jobs, "--store", store, *LIMITS, cwd=folder, code=1)
    said = "content/sak/eksempel.md:2:1: error[print-limit]: laying out the PDF takes longer than"
    assert f"{said} 2 seconds" in ran.stderr
    assert "allow more with --layout-limit" in ran.stderr


def test_the_preview_goes_on(tmp_path: Path) -> None:
    folder = with_template(tmp_path, "statement.html", LOOP)
    with serving(folder, *LIMITS) as served:

        def shown(path: str) -> str:
            return served.ask(f"/sak/{path}").data.decode("utf-8", "replace")

        template = folder / "templates" / "statement.html"
        assert TOO_LONG in shown("eksempel/")
        template.unlink()
        until(lambda: "Dette er svaret på det ene" in shown("eksempel/"))
        told = served.said.count(TOO_LONG)
        template.write_text(LOOP, encoding="utf-8")
        until(lambda: served.said.count(TOO_LONG) > told)
        assert served.ask("/sak/").status == 200
        assert "Dette er svaret på det ene" in shown("eksempel/")
        template.unlink()
        served.save("sak/eksempel.md", statement(SLOW)["sak/eksempel.md"])
        until(lambda: "ord ord" in shown("eksempel/"))
        assert "laying out the PDF takes longer than 2 seconds" in shown("eksempel/uttalelse.pdf")
        assert "Eksempelsak" in shown("")


def test_verify_says_it_of_a_commit(tmp_path: Path, store: Path) -> None:
    repo = begun(tmp_path / "repo")
    repo.commit(statement(ANSWERS))
    innspill_process("build", "--no-pdf", "--store", store, cwd=repo.root)
    (own := repo.root / "templates").mkdir()
    (own / "statement.html").write_text(LOOP, encoding="utf-8")
    commit = repo.commit({})
    manifest = repo.root / "build" / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8"))
    told["revision"] = commit
    manifest.write_text(json.dumps(told), encoding="utf-8")
    ran = innspill_process("verify", "--timeout", "2", "build", cwd=repo.root, code=3)
    assert "took longer than 2 seconds: see --timeout" in ran.stdout


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{{ 'a' * 10**10 }}", "takes more memory than 1000 MB"),
        ("{{ [1] * 10**10 }}", "takes more memory than 1000 MB"),
        ("{{ '%9999999999d' % 1 }}", "takes more memory than 1000 MB"),
        ("{{ '{:>9999999999}'.format(1) }}", "takes more memory than 1000 MB"),
        ("{{ 'x'.center(9999999999) }}", "takes more memory than 1000 MB"),
        (DOUBLED.format("'ab'", "~"), "takes more memory than 1000 MB"),
        ("{{ 9 ** (9 ** 9) }}", "reckons with a number that is too large"),
        (DOUBLED.format("3", "*"), "reckons with a number that is too large"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "calls itself without end"),
    ],
)
def test_what_would_take_all_is_refused(
    tmp_path: Path, store: Path, template: str, says: str
) -> None:
    folder = with_template(tmp_path, "statement.html", template)
    ran = innspill_process("build", "--no-pdf", "--store", store, cwd=folder, code=1)
    assert f"templates/statement.html:1:1: error[template]: the template {says}\n" in ran.stderr
    assert "Error:" not in ran.stderr


def test_an_honest_template_reckons_as_ever(tmp_path: Path, store: Path) -> None:
    folder = with_template(
        tmp_path, "page.html", "{{ 3 * 4 }} {{ 2 ** 10 }} {{ 'ab' * 2 }} {{ 7 // 2 }}"
    )
    write(folder, {"om.md": "---\ntitle: Om\n---\n\nHei.\n"})
    innspill_process("build", "--no-pdf", "--store", store, cwd=folder)
    page = (folder / "build" / "om" / "index.html").read_text(encoding="utf-8")
    assert page.strip() == "12 1024 abab 3"


def test_limits_hold_in_several_threads_and_leave_nothing_behind() -> None:
    with limited(Limit(1, 100)):
        pass  # from now on one thread watches the clock for all
    before = resource.getrlimit(resource.RLIMIT_DATA)
    others = threading.active_count()
    over: list[object] = []

    def work(seconds: list[float]) -> None:
        for each in seconds:
            end = time.monotonic() + each
            try:
                with limited(Limit(1, 100)):
                    while time.monotonic() < end:
                        pass
            except OverLimit as fault:
                over.append(fault.is_memory)
            except BaseException as fault:
                over.append(fault)

    random.seed(1)
    spans = [[random.uniform(0.9, 1.1), 0.01, 1.3] for _ in range(3)]
    threads = [threading.Thread(target=work, args=(each,)) for each in spans]
    for each in threads:
        each.start()
    work([0.01, 0.01])
    for each in threads:
        each.join()
    assert 3 <= len(over) <= 6
    assert set(over) == {False}
    assert resource.getrlimit(resource.RLIMIT_DATA) == before
    assert threading.active_count() == others
