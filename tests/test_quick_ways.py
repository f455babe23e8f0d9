"""What has a quicker way of its own comes out as from the usual one."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

import pytest
from everything import everything
from hypothesis import given
from hypothesis import strategies as st
from sites import load, write

from innspill.render.html import relative
from innspill.text import Image, Link, NoteMark, roots_in, select, walk

names = st.sampled_from(("a", "b", "c d", "æ", "..", ".", ""))


@given(st.lists(names, min_size=1), st.lists(st.sampled_from(("a", "b", "c d"))))
def test_addresses_are_relative_as_ever(url: list[str], folder: list[str]) -> None:
    path = posixpath.normpath("/".join(("a", "b", *url)))
    if path.startswith(".."):  # outside the site, where nothing is published
        return
    usual = posixpath.relpath(path, "/".join(folder) or ".")
    assert relative("/".join(("a", "b", *url)), "/".join((*folder, "index.html"))) == quote(usual)


@pytest.mark.parametrize("kind", [Image, Link, NoteMark])
def test_nodes_of_a_kind_are_found_in_order(
    tmp_path_factory: pytest.TempPathFactory, kind: type[Image] | type[Link] | type[NoteMark]
) -> None:
    _, site = load(write(tmp_path_factory.mktemp("site"), everything()))
    for section in site.statements[0].sections:
        roots = roots_in(section.blocks)
        everything_in = walk(tuple(roots))
        assert select(roots, kind) == [each for each in everything_in if isinstance(each, kind)]
