"""The menu in the foot of every page: some free pages, and the way to all of them."""

from __future__ import annotations

import re
from pathlib import Path

from sites import EXAMPLE, build_quietly, project, tree, write

NAV = re.compile(r"<footer.*?<ul>(.*?)</ul>", re.DOTALL)
LINK = re.compile(r'href="([^"]*)"[^>]*>([^<]*)<')


def page(title: str) -> str:
    return f"---\ntitle: {title}\n---\n\nDette er en side.\n"


def menu(folder: Path, path: str = "index.html") -> list[tuple[str, str]]:
    """Where the menu of a page leads, and in what words."""
    found = NAV.search((folder / "build" / path).read_text(encoding="utf-8"))
    assert found
    return LINK.findall(found[1])


def test_few_pages_all_stand_in_the_menu(tmp_path: Path) -> None:
    pages = {f"om/{each}.md": page(f"Side {each}") for each in range(12)}
    write(tmp_path, {**EXAMPLE, **pages})
    build_quietly(project(tmp_path), with_pdf=False)
    assert menu(tmp_path) == [
        ("innhold/index.html", "Alle uttalelser og overskrifter"),
        *((f"om/{each}/index.html", f"Side {each}") for each in range(12)),
    ]


def test_of_many_pages_those_in_the_fewest_folders_do(tmp_path: Path) -> None:
    deep = {f"om/mer/{each}.md": page(f"Annet {each}") for each in range(10)}
    near = {f"om/{each}.md": page(f"Side {each}") for each in range(11)}
    write(tmp_path, {**EXAMPLE, **deep, **near, "om.md": page("Ytterst")})
    build_quietly(project(tmp_path), with_pdf=False)
    assert menu(tmp_path, "sak/index.html") == [
        ("../innhold/index.html", "Alle uttalelser og overskrifter"),
        *((f"../om/{each}/index.html", f"Side {each}") for each in range(11)),
        ("../om/index.html", "Ytterst"),
        ("../innhold/index.html#pages", "Flere sider"),
    ]
    listed = tree(tmp_path / "build")["innhold/index.html"].decode()
    assert all(f"om/mer/{each}/index.html" in listed for each in range(10))


def test_a_new_page_outside_of_the_menu_changes_no_other(tmp_path: Path) -> None:
    pages = {f"om/{each}.md": page(f"Side {each}") for each in range(14)}
    place = project(write(tmp_path, {**EXAMPLE, **pages}))
    build_quietly(place, with_pdf=False)
    write(tmp_path, {"om/mer/ny.md": page("Alfa")})
    published = build_quietly(place, with_pdf=False).published
    assert published
    assert {*published.written} == {
        "om/mer/ny/index.html",
        "innhold/index.html",
        "assets/search-index.js",
    }
